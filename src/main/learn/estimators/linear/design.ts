import { MillraceError } from '#shared/errors.ts'
import { matrixColumn, type Matrix } from '../../../table/matrix.ts'

/**
 * One centred column of a design: cell i is `offset + values[i]`, or where `rows` is there `offset` everywhere and
 * `offset + values[k]` in row `rows[k]`. One-hot columns, scaled or not, so cost only their rarer value.
 */
export type DesignColumn = {
  readonly mean: number
  /** Population standard deviation. */
  readonly deviation: number
  readonly offset: number
  readonly rows: Int32Array | undefined
  readonly values: Float64Array
}

/** Columns centred on their means, ready for products in float64. */
export type Design = { readonly rows: number; readonly columns: readonly DesignColumn[]; readonly cells: number }

const SPARSE_SHARE = 0.7

/** Throws where a cell is NaN or infinite: a linear model has no place for it. */
export function requireFinite(matrix: Matrix): void {
  const at = matrix.data.findIndex((value) => !Number.isFinite(value))
  if (at === -1) return
  const column = matrix.columns[Math.floor(at / matrix.rows)]
  const value = matrix.data[at] as number
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'A linear model needs a finite number in every cell',
    message: `Column "${column?.source ?? ''}" (as "${column?.name ?? ''}") holds ${Number.isNaN(value) ? 'a missing value' : value} in row ${(at % matrix.rows) + 1}.`,
    nextStep: 'Impute or drop the column in the recipe (preset: auto does), or use gradient-boosting.',
    details: { column: column?.source ?? '', row: (at % matrix.rows) + 1, value: String(value) },
  })
}

/** The value that most cells share (Boyer–Moore majority vote); any value where there is no majority. */
function majority(cells: Float32Array): number {
  let value = 0
  let votes = 0
  for (let i = 0; i < cells.length; i++) {
    if (votes === 0) value = cells[i] as number
    votes += cells[i] === value ? 1 : -1
  }
  return value
}

function designColumn(cells: Float32Array): DesignColumn {
  const n = cells.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += (cells[i] as number) / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((cells[i] as number) - mean) ** 2
  const spread = Math.sqrt(squares / n)
  const deviation = spread > 1e-7 * Math.abs(mean) ? spread : 0 // float32 noise around a constant is no signal
  const common = majority(cells)
  let others = 0
  for (let i = 0; i < n; i++) if (cells[i] !== common) others++
  if (deviation === 0) return { mean, deviation: 0, offset: 0, rows: new Int32Array(0), values: new Float64Array(0) }
  if (others > n * (1 - SPARSE_SHARE)) {
    const values = new Float64Array(n)
    for (let i = 0; i < n; i++) values[i] = (cells[i] as number) - mean
    return { mean, deviation, offset: 0, rows: undefined, values }
  }
  const rows = new Int32Array(others)
  const values = new Float64Array(others)
  let k = 0
  for (let i = 0; i < n; i++) {
    if (cells[i] === common) continue
    rows[k] = i
    values[k++] = (cells[i] as number) - common
  }
  return { mean, deviation, offset: common - mean, rows, values }
}

/** Centres every column of a finite matrix; columns that are mostly one value become sparse. */
export function createDesign(matrix: Matrix): Design {
  const columns = matrix.columns.map((_, j) => designColumn(matrixColumn(matrix, j)))
  return { rows: matrix.rows, columns, cells: columns.reduce((sum, column) => sum + column.values.length, 0) }
}

/** out[i] = intercept + Σ_j weights[j] · x_ij over the centred cells; `out` has one entry per row. */
export function multiply(design: Design, weights: Float64Array, intercept: number, out: Float64Array): void {
  let start = intercept
  for (let j = 0; j < design.columns.length; j++) start += (weights[j] as number) * (design.columns[j] as DesignColumn).offset
  out.fill(start)
  for (let j = 0; j < design.columns.length; j++) {
    const { rows, values } = design.columns[j] as DesignColumn
    const w = weights[j] as number
    if (w === 0) continue
    if (rows === undefined) for (let i = 0; i < values.length; i++) (out[i] as number) += w * (values[i] as number)
    else for (let k = 0; k < values.length; k++) (out[rows[k] as number] as number) += w * (values[k] as number)
  }
}

/** out[j] = Σ_i residual[i] · x_ij over the centred cells; returns Σ_i residual[i], the intercept's share. */
export function multiplyTransposed(design: Design, residual: Float64Array, out: Float64Array): number {
  let total = 0
  for (let i = 0; i < residual.length; i++) total += residual[i] as number
  for (let j = 0; j < design.columns.length; j++) {
    const { rows, values, offset } = design.columns[j] as DesignColumn
    let sum = 0
    if (rows === undefined) for (let i = 0; i < values.length; i++) sum += (residual[i] as number) * (values[i] as number)
    else for (let k = 0; k < values.length; k++) sum += (residual[rows[k] as number] as number) * (values[k] as number)
    out[j] = sum + offset * total
  }
  return total
}
