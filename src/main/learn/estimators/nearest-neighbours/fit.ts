import { matrixColumn, type Matrix, type Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { requireFinite } from '../require-finite.ts'
import { scaledCell } from './scaled-cell.ts'
import type { NeighbourState, Weights } from './state.ts'

/** How columns are made comparable before distances are taken. */
export type Scaling = 'standard' | 'none'

/** Keeps the training rows, scaled and row after row. */
export function fitNeighbours(matrix: Matrix, target: Target, params: { neighbours: number; weights: Weights; scaling: Scaling }, ctx: FitContext): NeighbourState {
  requireFinite(matrix, 'A nearest-neighbours model')
  const { rows, columns } = matrix
  const width = columns.length
  const means = new Float64Array(width)
  const factors = new Float64Array(width)
  const points = new Float32Array(rows * width)
  for (let j = 0; j < width; j++) {
    ctx.throwIfAborted()
    const values = matrixColumn(matrix, j)
    const { mean, deviation } = spread(values)
    means[j] = mean
    factors[j] = deviation === 0 ? 0 : params.scaling === 'standard' ? 1 / deviation : 1
    for (let i = 0; i < rows; i++) points[i * width + j] = scaledCell(values[i] as number, mean, factors[j] as number)
  }
  return { neighbours: params.neighbours, weights: params.weights, classes: target.kind === 'classes' ? target.classes : [], prior: priorOf(target), means, factors, points, targets: targetsOf(target) }
}

/** Mean and population deviation, in two passes. */
function spread(values: Float32Array): { readonly mean: number; readonly deviation: number } {
  let mean = 0
  for (const value of values) mean += value / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2 / values.length
  return { mean, deviation: Math.sqrt(squares) }
}

function targetsOf(target: Target): Float64Array {
  return Float64Array.from(target.kind === 'classes' ? target.codes : target.values)
}

function priorOf(target: Target): Float64Array {
  if (target.kind === 'numbers') return Float64Array.of(target.values.reduce((mean, value) => mean + value / target.values.length, 0))
  const shares = new Float64Array(target.classes.length)
  for (const code of target.codes) shares[code] = (shares[code] as number) + 1 / target.codes.length
  return shares
}
