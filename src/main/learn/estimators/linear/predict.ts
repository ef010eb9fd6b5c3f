import { matrixColumn, type Matrix, type Prediction } from '../../../table/matrix.ts'
import { expandCurves } from './curves.ts'
import { requireFinite } from './design.ts'
import type { LinearState } from './state.ts'

/** Scores of one output per row; column order fixes the order of the float64 sums. */
function scores(state: LinearState, matrix: Matrix, output: number): Float64Array {
  const p = state.means.length
  const out = new Float64Array(matrix.rows).fill(state.intercepts[output] as number)
  for (let j = 0; j < p; j++) {
    const w = state.coefficients[output * p + j] as number
    if (w === 0) continue
    const cells = matrixColumn(matrix, j)
    const mean = state.means[j] as number
    for (let i = 0; i < out.length; i++) (out[i] as number) += w * ((cells[i] as number) - mean)
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
  if (given.columns.length !== state.knots.length) throw new Error(`${given.columns.length} columns for a model of ${state.knots.length}`)
  requireFinite(given)
  const matrix = expandCurves(given, state.knots)
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
