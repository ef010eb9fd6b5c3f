import type { Matrix, Prediction } from '../../../table/matrix.ts'
import { ownKernelPool } from '../../../wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { requireFinite } from '../require-finite.ts'
import { scaledCell } from './scaled-cell.ts'
import { searchNearest, type Nearest } from './search.ts'
import type { NeighbourState, Weights } from './state.ts'

/**
 * Weight of the prior beside the neighbours, whose weights sum to their number: as if a tenth of a neighbour more had the shares of all
 * training rows. Without it a class that no neighbour has would get probability 0, and one such row an infinite log loss.
 */
const PRIOR_WEIGHT = 0.1

/**
 * The neighbours' average, weighted alike or each by one over its distance (Dudani 1976), where a row that equals training rows asks those alone.
 * Euclidean distance over the scaled columns, by comparison with every training row; ties go to the earlier row.
 */
export function predictNeighbours(state: NeighbourState, matrix: Matrix, pool: KernelPool = ownKernelPool()): Prediction {
  requireFinite(matrix, 'A nearest-neighbours model')
  const { means, factors, points, targets, classes } = state
  const count = Math.min(state.neighbours, targets.length)
  const outputs = Math.max(1, classes.length)
  const result = new Float64Array(matrix.rows * outputs)
  const queryAt = (row: number, out: Float32Array): void => {
    // Rounded like the training rows, so that an equal row is at distance 0.
    for (let j = 0; j < out.length; j++) out[j] = scaledCell(matrix.data[j * matrix.rows + row] as number, means[j] as number, factors[j] as number)
  }
  searchNearest(points, targets.length, means.length, count, matrix.rows, pool, queryAt, (row, nearest) => {
    const weights = weightsOf(state.weights, nearest)
    if (classes.length === 0) result[row] = averageOf(state, nearest, weights)
    else result.set(sharesOf(state, nearest, weights), row * outputs)
  })
  if (classes.length === 0) return { kind: 'numbers', values: result }
  return { kind: 'classes', probabilities: result, classes }
}

/** Weights that sum to the number of neighbours: one each, or in proportion to one over the distance. */
function weightsOf(how: Weights, { squares }: Nearest): Float64Array {
  if (how === 'uniform') return new Float64Array(squares.length).fill(1)
  const equal = squares[0] === 0
  const weights = Float64Array.from(squares, (square) => (equal ? (square === 0 ? 1 : 0) : 1 / Math.sqrt(square)))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return weights.map((weight) => (weight * weights.length) / sum)
}

function averageOf({ targets }: NeighbourState, { rows }: Nearest, weights: Float64Array): number {
  let mean = 0
  for (let k = 0; k < rows.length; k++) mean += ((weights[k] as number) * (targets[rows[k] as number] as number)) / rows.length
  return mean
}

function sharesOf({ targets, prior }: NeighbourState, { rows }: Nearest, weights: Float64Array): Float64Array {
  const shares = prior.map((share) => share * PRIOR_WEIGHT)
  for (let k = 0; k < rows.length; k++) {
    const code = targets[rows[k] as number] as number
    shares[code] = (shares[code] as number) + (weights[k] as number)
  }
  const sum = shares.reduce((all, share) => all + share, 0)
  return shares.map((share) => share / sum)
}
