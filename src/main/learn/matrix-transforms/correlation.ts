import { denseColumns, matrixColumn, type Matrix } from '../../table/matrix.ts'

/** Rows that are enough to see whether two columns are alike. */
const MOST_ROWS = 20_000

/** A column of mean 0 and length 1 over at most 20,000 rows spread evenly; missing cells are at the mean. Undefined where it does not vary. */
function standardised(cells: Float32Array): Float64Array | undefined {
  const count = Math.min(cells.length, MOST_ROWS)
  const values = Float64Array.from({ length: count }, (_, i) => cells[Math.floor((i * cells.length) / count)] as number)
  const present = values.filter((value) => !Number.isNaN(value))
  const mean = present.reduce((sum, value) => sum + value / present.length, 0)
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    values[i] = Number.isNaN(values[i]) ? 0 : (values[i] as number) - mean
    squares += (values[i] as number) ** 2
  }
  if (!(squares > 0) || !Number.isFinite(squares)) return undefined
  return values.map((value) => value / Math.sqrt(squares))
}

/**
 * Numeric dense columns that correlate (Pearson, in size) more strongly than `limit` with one that comes before them in `order` and stays
 * itself: the one it is like, and how much.
 */
export function correlatedColumns(matrix: Matrix, order: Int32Array, limit: number): ReadonlyMap<number, { readonly with: number; readonly r: number }> {
  const width = denseColumns(matrix)
  const kept: { readonly column: number; readonly cells: Float64Array }[] = []
  const found = new Map<number, { with: number; r: number }>()
  for (const column of order) {
    if (column >= width || matrix.columns[column]?.kind !== 'numeric') continue
    const cells = standardised(matrixColumn(matrix, column))
    if (cells === undefined) continue
    const twin = kept.map((other) => ({ with: other.column, r: cells.reduce((sum, value, i) => sum + value * (other.cells[i] as number), 0) })).find(({ r }) => Math.abs(r) > limit)
    if (twin === undefined) kept.push({ column, cells })
    else found.set(column, twin)
  }
  return found
}
