import { denseColumns, matrixColumn, type Matrix, type Prediction } from '../../../table/matrix.ts'
import { expandCurves } from './curves.ts'
import { requireFinite } from '../require-finite.ts'
import type { LinearState } from './state.ts'

/** Scores of one output per row: the dense columns, then the entries of the sparse ones; their order fixes the order of the float64 sums. */
function scores(state: LinearState, matrix: Matrix, output: number): Float64Array {
  const p = state.means.length
  const dense = denseColumns(matrix)
  const own = state.coefficients.subarray(output * p, (output + 1) * p)
  let start = state.intercepts[output] as number
  for (let j = dense; j < p; j++) start -= (own[j] as number) * (state.means[j] as number)
  const out = new Float64Array(matrix.rows).fill(start)
  for (let j = 0; j < dense; j++) {
    const w = own[j] as number
    if (w === 0) continue
    const cells = matrixColumn(matrix, j)
    const mean = state.means[j] as number
    for (let i = 0; i < out.length; i++) (out[i] as number) += w * ((cells[i] as number) - mean)
  }
  if (matrix.sparse === undefined) return out
  const { starts, rows, values } = matrix.sparse
  for (let j = dense; j < p; j++) {
    const w = own[j] as number
    if (w === 0) continue
    for (let k = starts[j - dense] as number; k < (starts[j - dense + 1] as number); k++) (out[rows[k] as number] as number) += w * (values[k] as number)
  }
  return out
}

function softmax(state: LinearState, matrix: Matrix): Float64Array {
  const width = state.classes.length
  const outputs = state.outputs.map((_, k) => scores(state, matrix, k))
  const probabilities = new Float64Array(matrix.rows * width)
  for (let i = 0; i < matrix.rows; i++) {
    let top = -Infinity
    for (const own of outputs) top = Math.max(top, own[i] as number)
    let norm = 0
    for (const own of outputs) norm += Math.exp((own[i] as number) - top)
    outputs.forEach((own, k) => {
      probabilities[i * width + (state.outputs[k] as number)] = Math.exp((own[i] as number) - top) / norm
    })
  }
  return probabilities
}

/** Probabilities or numbers for every row. Throws where a cell is not finite. */
export function predictLinear(state: LinearState, given: Matrix): Prediction {
  requireFinite(given, 'A linear model')
  const matrix = expandCurves(given, state.knots)
  if (denseColumns(given) !== state.knots.length || matrix.columns.length !== state.means.length) {
    throw new Error(`${given.columns.length} columns do not fit a model of ${state.means.length}`)
  }
  if (state.link === 'identity') return { kind: 'numbers', values: scores(state, matrix, 0) }
  if (state.link === 'softmax') return { kind: 'classes', probabilities: softmax(state, matrix), classes: state.classes }
  const own = scores(state, matrix, 0)
  const probabilities = new Float64Array(matrix.rows * 2)
  for (let i = 0; i < own.length; i++) {
    const e = Math.exp(-Math.abs(own[i] as number))
    const likely = 1 / (1 + e)
    const unlikely = e / (1 + e)
    probabilities[2 * i] = (own[i] as number) >= 0 ? unlikely : likely
    probabilities[2 * i + 1] = (own[i] as number) >= 0 ? likely : unlikely
  }
  return { kind: 'classes', probabilities, classes: state.classes }
}
