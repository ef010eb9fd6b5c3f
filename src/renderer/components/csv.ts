/** Cells of one column; missing ones are null, undefined or NaN. */
export type CsvColumn = { readonly name: string; readonly values: ArrayLike<string | number | boolean | null | undefined> }

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return ''
  if (typeof value !== 'string') return String(value)
  // A leading apostrophe keeps spreadsheets from running text as a formula.
  const harmless = FORMULA.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** A table as CSV (RFC 4180): commas, quotes doubled, a header, lines that end with CR LF; text that looks like a formula is defused. */
export function toCsv(columns: readonly CsvColumn[]): string {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length))
  const lines = [columns.map(({ name }) => cell(name)).join(',')]
  for (let row = 0; row < rows; row += 1) lines.push(columns.map(({ values }) => cell(values[row])).join(','))
  return `${lines.join('\r\n')}\r\n`
}
