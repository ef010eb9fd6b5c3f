import { closest, distance } from 'fastest-levenshtein'

/** ` Did you mean "x"?` where a candidate is close to what was written, else nothing. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return ''
  const folded = new Map(candidates.map((candidate) => [candidate.toLowerCase().trim(), candidate]))
  const wanted = written.toLowerCase().trim()
  const near = closest(wanted, [...folded.keys()])
  return distance(wanted, near) <= Math.max(1, Math.floor(wanted.length / 3)) ? ` Did you mean "${folded.get(near) ?? near}"?` : ''
}
