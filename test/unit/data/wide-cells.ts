/** A cell of a table of any width: by column a class, numbers with "NA", words in several spellings, days, free texts, whole numbers with a stand-in. */
export function wideCell(row: number, column: number): string {
  const noise = Math.abs(Math.sin(row * 12.9898 + column * 78.233) * 43758.5453) % 1
  if (column === 0) return noise < 0.5 ? 'yes' : 'no'
  const kind = column % 5
  if (kind === 0) return noise < 0.1 ? 'NA' : noise.toFixed(3)
  if (kind === 1) return ['red', 'Red', ' blue', 'green ', '?'][Math.floor(noise * 5)] ?? ''
  if (kind === 2) return `2024-0${String(1 + Math.floor(noise * 9))}-1${String(Math.floor(noise * 99) % 9)}`
  if (kind === 3) return Array.from({ length: 1 + Math.floor(noise * 6) }, (_, i) => ['Épsilon', 'beta', 'gamma'][(row + i) % 3]).join(' ')
  return noise < 0.05 ? '-999' : String(Math.floor(noise * 50))
}

/** A table of such cells as CSV, of the columns with these numbers: c0, c1, … */
export function wideTable(rows: number, columns: readonly number[]): string {
  const lines = Array.from({ length: rows }, (_, row) => columns.map((column) => wideCell(row, column)).join(','))
  return `${columns.map((column) => `c${String(column)}`).join(',')}\n${lines.join('\n')}\n`
}
