import type { Design, DesignColumn } from './design.ts'

/** Products above which only every k-th row enters the Gram matrix: it shapes the search, never the solution. */
const MOST_PRODUCTS = 1e9

type Slice = { readonly rows: Int32Array | undefined; readonly values: Float64Array; readonly sum: number }

function thinned(column: DesignColumn, stride: number): Slice {
  const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)
  if (stride === 1) return { rows: column.rows, values: column.values, sum: sumOf(column.values) }
  if (column.rows === undefined) {
    const values = column.values.filter((_, i) => i % stride === 0)
    return { rows: undefined, values, sum: sumOf(values) }
  }
  const kept: number[] = []
  column.rows.forEach((row, k) => {
    if (row % stride === 0) kept.push(k)
  })
  const values = Float64Array.from(kept, (k) => column.values[k] as number)
  return { rows: Int32Array.from(kept, (k) => (column.rows?.[k] as number) / stride), values, sum: sumOf(values) }
}

function spread(slice: Slice, out: Float64Array): void {
  if (slice.rows === undefined) return out.set(slice.values)
  out.fill(0)
  for (let k = 0; k < slice.values.length; k++) out[slice.rows[k] as number] = slice.values[k] as number
}

function dot(dense: Float64Array, slice: Slice): number {
  const { rows, values } = slice
  let sum = 0
  if (rows === undefined) for (let i = 0; i < values.length; i++) sum += (dense[i] as number) * (values[i] as number)
  else for (let k = 0; k < values.length; k++) sum += (dense[rows[k] as number] as number) * (values[k] as number)
  return sum
}

/**
 * Covariance matrix of the design's columns, Σ_i x_ij x_ik / n: columns × columns, row after row. Very tall designs are
 * thinned to every k-th row.
 */
export function covariance(design: Design, throwIfAborted: () => void): Float64Array {
  const p = design.columns.length
  const stride = Math.max(1, Math.ceil((p * design.cells) / 2 / MOST_PRODUCTS))
  const n = Math.ceil(design.rows / stride)
  const slices = design.columns.map((column) => thinned(column, stride))
  const gram = new Float64Array(p * p)
  const dense = new Float64Array(n)
  for (let j = 0; j < p; j++) {
    throwIfAborted()
    const slice = slices[j] as Slice
    spread(slice, dense)
    for (let k = 0; k <= j; k++) {
      const other = slices[k] as Slice
      const value = (dot(dense, other) - (slice.sum * other.sum) / n) / n
      gram[j * p + k] = value
      gram[k * p + j] = value
    }
  }
  return gram
}
