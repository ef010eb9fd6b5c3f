import { closest, distance } from 'fastest-levenshtein'

/** The candidate that a mistyped word most likely means; undefined where none is near. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined
  const lower = word.toLowerCase()
  const found = closest(lower, candidates.map((candidate) => candidate.toLowerCase()))
  const candidate = candidates.find((one) => one.toLowerCase() === found)
  return candidate !== undefined && distance(lower, found) <= Math.max(2, Math.floor(word.length / 3)) ? candidate : undefined
}

/** `, did you mean "x"?` where a candidate is near, else the candidates (`; known are: …`), else nothing. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearestWord(word, candidates)
  if (near !== undefined) return `, did you mean "${near}"?`
  return candidates.length === 0 || candidates.length > 20 ? '' : `; known are: ${candidates.join(', ')}`
}
