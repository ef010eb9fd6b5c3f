import { sharedFloat32 } from '../../../table/column.ts'
import { denseColumns, matrixColumn, type Matrix, type MatrixColumn } from '../../../table/matrix.ts'

/** Knots of a cubic spline on one column, ascending: its range and quantiles between; none where the column stays a line. */
export type Knots = readonly number[]

/** Cubic. */
export const DEGREE = 3
/** A column with fewer distinct values says little about a curve through them. */
const FEWEST_VALUES = 3

function knotsOf(cells: Float32Array, interior: number): Knots {
  const sorted = Float64Array.from(cells).sort()
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  if (distinct < FEWEST_VALUES) return []
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number
  const quantiles = Array.from({ length: interior + 2 }, (_, j) => at(j / (interior + 1)))
  return [...new Set(quantiles)]
}

/** Knots for every dense column, from the training rows; `interior` is the number of quantiles between smallest and largest. */
export function chooseKnots(matrix: Matrix, interior: number): readonly Knots[] {
  return Array.from({ length: denseColumns(matrix) }, (_, j) => (interior === 0 ? [] : knotsOf(matrixColumn(matrix, j), interior)))
}

/** Columns that a column becomes: itself, or the B-splines of its knots but the last, which the intercept stands for. */
export function widthOf(knots: Knots): number {
  return knots.length < 2 ? 1 : knots.length + DEGREE - 2
}

/** The original column of every expanded one. */
export function originOf(knots: readonly Knots[]): readonly number[] {
  return knots.flatMap((own, j) => Array.from({ length: widthOf(own) }, () => j))
}

/** Values of the four cubic B-splines that are not 0 at x (Cox and de Boor: de Boor, A Practical Guide to Splines, 1978); the first has index `from`. */
function splinesAt(x: number, padded: readonly number[], from: number, out: Float64Array): void {
  const left = new Float64Array(DEGREE + 1)
  const right = new Float64Array(DEGREE + 1)
  out[0] = 1
  for (let degree = 1; degree <= DEGREE; degree++) {
    left[degree] = x - (padded[from + DEGREE + 1 - degree] as number)
    right[degree] = (padded[from + DEGREE + degree] as number) - x
    let saved = 0
    for (let r = 0; r < degree; r++) {
      const share = (out[r] as number) / ((right[r + 1] as number) + (left[degree - r] as number))
      out[r] = saved + (right[r + 1] as number) * share
      saved = (left[degree - r] as number) * share
    }
    out[degree] = saved
  }
}

function expandColumn(cells: Float32Array, knots: Knots, out: Float32Array): void {
  if (knots.length < 2) return out.set(cells)
  const low = knots[0] as number
  const high = knots.at(-1) as number
  const padded = [low, low, low, ...knots, high, high, high]
  const width = widthOf(knots)
  const values = new Float64Array(DEGREE + 1)
  for (let i = 0; i < cells.length; i++) {
    const x = Math.min(high, Math.max(low, cells[i] as number)) // beyond the range the curve stays level
    let interval = 0
    while (interval < knots.length - 2 && x >= (knots[interval + 1] as number)) interval++
    splinesAt(x, padded, interval, values)
    for (let k = 0; k <= DEGREE; k++) if (interval + k < width) out[(interval + k) * cells.length + i] = values[k] as number
  }
}

/** The matrix with every column that has knots replaced by its splines; the same matrix where none has. */
export function expandCurves(matrix: Matrix, knots: readonly Knots[]): Matrix {
  if (knots.every((own) => own.length < 2)) return matrix
  const expanded: MatrixColumn[] = matrix.columns.slice(0, knots.length).flatMap((column, j) =>
    Array.from({ length: widthOf(knots[j] ?? []) }, (_, k): MatrixColumn => ({ ...column, name: `${column.name} spline ${k + 1}` })),
  )
  const data = sharedFloat32(matrix.rows * expanded.length)
  let next = 0
  knots.forEach((own, j) => {
    expandColumn(matrixColumn(matrix, j), own, data.subarray(next * matrix.rows, (next + widthOf(own)) * matrix.rows))
    next += widthOf(own)
  })
  return { ...matrix, columns: [...expanded, ...matrix.columns.slice(knots.length)], data }
}
