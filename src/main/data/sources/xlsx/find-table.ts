import type { SheetRow } from './sheet-rows.ts'

/** Where the table of a sheet begins: indices into the rows that were looked at. */
export type TableStart = { readonly header: number | undefined; readonly firstRow: number }

/** What is known about the table before. */
export type TableHints = {
  readonly header?: boolean | undefined
  /** Number of the row with the names, from 1, as the sheet counts. */
  readonly headerRow?: number | undefined
  readonly likelyNames?: readonly string[] | undefined
}

/**
 * Finds the header below titles and notes: the first row that is at least half as full as rows usually are here. It names the
 * columns where it is texts that do not occur again below it; likely names and the user settle it.
 */
export function findTable(rows: readonly SheetRow[], { header, headerRow, likelyNames = [] }: TableHints): TableStart {
  if (headerRow !== undefined) {
    const after = rows.findIndex((row) => row.number >= headerRow - 1)
    const isThere = rows[after]?.number === headerRow - 1
    return { header: isThere ? after : undefined, firstRow: after < 0 ? rows.length : isThere ? after + 1 : after }
  }
  const known = new Set(likelyNames)
  const recognised = rows.findIndex((row) => row.cells.filter((cell) => cell !== undefined && known.has(cell.text.trim())).length >= Math.max(1, known.size / 2))
  if (known.size > 0 && recognised >= 0 && header !== false) return { header: recognised, firstRow: recognised + 1 }
  const first = rows.findIndex((row) => filled(row) >= usualWidth(rows) / 2)
  if (first < 0) return { header: undefined, firstRow: 0 }
  const hasHeader = header ?? namesColumns(rows, first)
  return hasHeader ? { header: first, firstRow: first + 1 } : { header: undefined, firstRow: first }
}

function filled(row: SheetRow): number {
  return row.cells.reduce((count, cell) => count + (cell === undefined ? 0 : 1), 0)
}

/** Filled cells of the row that is fuller than three quarters of all. */
function usualWidth(rows: readonly SheetRow[]): number {
  const widths = rows.map(filled).toSorted((a, b) => a - b)
  return widths[Math.floor((widths.length - 1) * 0.75)] ?? 0
}

/** True where a row reads as names: texts (or years), none twice, of which none stands in its column again. */
function namesColumns(rows: readonly SheetRow[], at: number): boolean {
  const cells = rows[at]?.cells ?? []
  const below = rows.slice(at + 1)
  const names = cells.flatMap((cell) => (cell === undefined ? [] : [cell.text]))
  const isName = (cell: SheetRow['cells'][number]): boolean =>
    cell === undefined || cell.kind === 'text' || (cell.kind === 'number' && /^(?:19|20)\d\d$/.test(cell.text)) || cell.kind === 'date'
  if (!cells.every(isName) || !cells.some((cell) => cell?.kind === 'text')) return false
  const typed = cells.filter((cell, column) => cell?.kind === 'text' && below.some((row) => row.cells[column] !== undefined) && below.every((row) => row.cells[column]?.kind !== 'text'))
  if (typed.length > 0) return true
  const again = cells.filter((cell, column) => cell !== undefined && below.some((row) => row.cells[column]?.text === cell.text))
  return new Set(names).size === names.length && again.length === 0
}
