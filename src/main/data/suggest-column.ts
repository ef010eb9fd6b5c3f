import { nearestWord } from '../base/did-you-mean.ts'

/** `Did you mean "x"?` where a column's name is near, else the columns there are. */
export function suggestColumn(wanted: string, names: readonly string[]): string {
  const near = nearestWord(wanted, names)
  if (near !== undefined) return `Did you mean "${near}"?`
  const shown = names.slice(0, 12).map((name) => `"${name}"`)
  return `The columns are ${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}.`
}
