/** A cell of a delimited text file; null is an empty cell. */
export type CsvCell = string | number | null

/** Numbers in the shortest form that reads back as the same number; text quoted where RFC 4180 asks for it. */
function csvCell(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell)
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** One record of a comma-separated file (RFC 4180), with its line end. A single empty cell is quoted: a blank line is no record. */
export function csvLine(cells: readonly CsvCell[]): string {
  const line = cells.map(csvCell).join(',')
  return line === '' ? '""\n' : `${line}\n`
}
