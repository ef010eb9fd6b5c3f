import { z } from 'zod'
import { sharedFloat32 } from '../../table/column.ts'
import { denseColumns, matrixColumn, type Matrix, type MatrixColumn } from '../../table/matrix.ts'
import { MillraceError } from '#shared/errors.ts'
import { symmetricEigen } from '../algebra/symmetric-eigen.ts'
import { defineMatrixTransform } from './matrix-transform.ts'
import { numericColumns } from './selection.ts'

const params = z.strictObject({
  components: z.int().min(1).optional().describe('How many; left out: as many as hold the share of the variance'),
  variance: z.number().gt(0).max(1).default(0.95).describe('Share of the variance that the components hold together, where their number is not given'),
  scale: z.boolean().default(true).describe('Bring columns to one spread first, so that their units do not matter'),
})
type Params = z.infer<typeof params>

const fitted = z.object({
  /** Numbers of the columns that are replaced. */
  columns: z.array(z.int().nonnegative()),
  means: z.array(z.number()),
  spreads: z.array(z.number().positive()),
  /** Share of the variance that each component holds. */
  shares: z.array(z.number()),
  /** One run of numbers per component. */
  components: z.array(z.array(z.number())),
})
type Fitted = z.infer<typeof fitted>

/** Columns above which time n³ is too much. */
const MOST_COLUMNS = 2000

function momentsOf(cells: Float32Array): { mean: number; spread: number } {
  let [n, mean, squares] = [0, 0, 0]
  for (const value of cells) {
    if (!Number.isFinite(value)) continue
    const off = value - mean
    mean += off / ++n
    squares += off * (value - mean)
  }
  const spread = Math.sqrt(squares / Math.max(1, n))
  return { mean, spread: spread > 1e-7 * Math.abs(mean) && spread > 0 ? spread : 0 }
}

/** Cells less their mean, divided by `spread`; missing ones are at the mean. */
function centred(cells: Float32Array, mean: number, spread: number): Float64Array {
  return Float64Array.from(cells, (value) => (Number.isFinite(value) ? (value - mean) / spread : 0))
}

function covarianceOf(columns: readonly Float64Array[], rows: number): Float64Array {
  const p = columns.length
  const covariance = new Float64Array(p * p)
  for (let a = 0; a < p; a++) {
    const left = columns[a] as Float64Array
    for (let b = 0; b <= a; b++) {
      const right = columns[b] as Float64Array
      let sum = 0
      for (let i = 0; i < rows; i++) sum += (left[i] as number) * (right[i] as number)
      covariance[a * p + b] = covariance[b * p + a] = sum / Math.max(1, rows - 1)
    }
  }
  return covariance
}

function enough(shares: readonly number[], wanted: number): number {
  let sum = 0
  const at = shares.findIndex((share) => (sum += share) >= wanted - 1e-12)
  return at < 0 ? shares.length : at + 1
}

function learn(matrix: Matrix, { components, variance, scale }: Params): Fitted {
  const measured = numericColumns(matrix).map((column) => ({ column, ...momentsOf(matrixColumn(matrix, column)) })).filter(({ spread }) => spread > 0)
  if (measured.length > MOST_COLUMNS) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: 'There are too many columns for principal components',
      message: `The matrix has ${measured.length} numeric columns; ${MOST_COLUMNS} are the most.`,
      nextStep: 'Put a selection before it: select: { keep: 500 }, or take `pca` out.',
    })
  }
  const spreads = measured.map(({ spread }) => (scale ? spread : 1))
  const columns = measured.map(({ column, mean }, k) => centred(matrixColumn(matrix, column), mean, spreads[k] as number))
  const { values, vectors } = symmetricEigen(covarianceOf(columns, matrix.rows), columns.length)
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  const shares = Array.from(values, (value) => (total > 0 ? Math.max(0, value) / total : 0))
  const count = Math.min(components ?? enough(shares, variance), columns.length)
  return {
    columns: measured.map(({ column }) => column),
    means: measured.map(({ mean }) => mean),
    spreads,
    shares: shares.slice(0, count),
    components: Array.from({ length: count }, (_, k) => Array.from(vectors.subarray(k * columns.length, (k + 1) * columns.length))),
  }
}

function apply(matrix: Matrix, { columns, means, spreads, components }: Fitted): Matrix {
  if (components.length === 0) return matrix
  const replaced = new Set(columns)
  const width = denseColumns(matrix)
  const others = Array.from({ length: width }, (_, j) => j).filter((j) => !replaced.has(j))
  const data = sharedFloat32(matrix.rows * (others.length + components.length))
  others.forEach((j, place) => {
    data.set(matrixColumn(matrix, j), place * matrix.rows)
  })
  const inputs = columns.map((column, k) => centred(matrixColumn(matrix, column), means[k] as number, spreads[k] as number))
  components.forEach((weights, c) => {
    const sum = new Float64Array(matrix.rows)
    inputs.forEach((cells, k) => {
      const weight = weights[k] as number
      for (let i = 0; i < sum.length; i++) (sum[i] as number) += weight * (cells[i] as number)
    })
    data.set(sum, (others.length + c) * matrix.rows)
  })
  const made = components.map((_, c): MatrixColumn => ({ name: `component ${c + 1}`, source: `component ${c + 1}`, kind: 'numeric' }))
  return { ...matrix, columns: [...others.map((j) => matrix.columns[j] as MatrixColumn), ...made, ...matrix.columns.slice(width)], data }
}

/** Replaces the dense numeric columns by the directions in which they vary most. Categories, constant and sparse columns stay. */
export const pca = defineMatrixTransform<Params, Fitted>({
  id: 'pca',
  version: 1,
  label: 'Principal components',
  help: 'Replaces the numeric columns by fewer that hold most of their variance. Missing cells count as the mean. Categories and sparse columns stay.',
  params,
  fitted,
  fit: (matrix, given) => learn(matrix, given),
  apply: (matrix, _params, learnt) => apply(matrix, learnt),
  describe(_columns, _params, { columns, shares, components }) {
    const share = shares.reduce((sum, one) => sum + one, 0)
    return `${components.length} principal component${components.length === 1 ? '' : 's'} of ${columns.length} numeric columns, with ${(share * 100).toFixed(1)} % of their variance`
  },
})
