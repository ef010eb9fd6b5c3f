/** A cell of a delimited text file; null is an empty cell. */
export type CsvCell = string | number | null

/** What becomes of text that a spreadsheet would run as a formula: it stays as it is, or gets an apostrophe before it, which spreadsheets take as "this is text". */
export type FormulaRule = 'keep' | 'guard'

/** First characters with which spreadsheets take a cell for a formula (OWASP, "CSV injection"). */
const FORMULA = /^[=+\-@\t\r]/
/** What begins so and is a number all the same: it stays a number. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The cell as it is written: guarded text begins with an apostrophe. */
export function guardCell<T extends CsvCell>(cell: T, rule: FormulaRule): T | string {
  return rule === 'guard' && typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

/** Numbers in the shortest form that reads back as the same number; text quoted where RFC 4180 asks for it. */
function csvCell(cell: CsvCell, rule: FormulaRule): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell)
  const text = guardCell(cell, rule)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * One record of a comma-separated file (RFC 4180), with its line end. A single empty cell is quoted: a blank line is no
 * record. Text stays exact unless `rule` guards against formulas.
 */
export function csvLine(cells: readonly CsvCell[], rule: FormulaRule = 'keep'): string {
  const line = cells.map((cell) => csvCell(cell, rule)).join(',')
  return line === '' ? '""\n' : `${line}\n`
}
