import { closest, distance } from 'fastest-levenshtein'

/** The name among `names` that `wanted` was probably meant to be, if one is near. */
export function closestName(wanted: string, names: readonly string[]): string | undefined {
  const same = names.find((name) => name.toLowerCase().trim() === wanted.toLowerCase().trim())
  if (same !== undefined) return same
  if (names.length === 0) return undefined
  const found = closest(wanted.toLowerCase(), names.map((name) => name.toLowerCase()))
  const index = names.findIndex((name) => name.toLowerCase() === found)
  return distance(wanted.toLowerCase(), found) <= Math.max(1, Math.floor(wanted.length / 3)) ? names[index] : undefined
}

/** " Did you mean "x"?" where a near name exists, else the names there are. */
export function suggestName(wanted: string, names: readonly string[]): string {
  const near = closestName(wanted, names)
  if (near !== undefined) return `Did you mean "${near}"?`
  const shown = names.slice(0, 12).map((name) => `"${name}"`)
  return `The columns are ${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}.`
}
