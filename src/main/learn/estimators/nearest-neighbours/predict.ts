import type { Matrix, Prediction } from '../../../table/matrix.ts'
import type { NeighbourState } from './state.ts'

/**
 * Weight of the prior beside the neighbours, whose weights sum to their number: as if a tenth of a neighbour more had the shares of all
 * training rows. Without it a class that no neighbour has would get probability 0, and one such row an infinite log loss.
 */
const PRIOR_WEIGHT = 0.1

/** Training rows nearest to one row, the nearest first. */
type Nearest = { readonly rows: Int32Array; readonly squares: Float64Array }

/**
 * The neighbours' average, each weighted by one over its distance (Dudani 1976); a row that equals training rows asks those alone.
 * Euclidean distance over the scaled columns, by comparison with every training row; ties go to the earlier row.
 */
export function predictNeighbours(state: NeighbourState, matrix: Matrix): Prediction {
  const count = Math.min(state.neighbours, state.targets.length)
  const nearest: Nearest = { rows: new Int32Array(count), squares: new Float64Array(count) }
  const point = new Float32Array(state.means.length) // rounded like the training rows, so that an equal row is at distance 0
  const outputs = Math.max(1, state.classes.length)
  const result = new Float64Array(matrix.rows * outputs)
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < point.length; j++) {
      point[j] = ((matrix.data[j * matrix.rows + i] as number) - (state.means[j] as number)) * (state.factors[j] as number)
    }
    search(state.points, point, nearest)
    const weights = weightsOf(nearest)
    if (state.classes.length === 0) result[i] = averageOf(state, nearest, weights)
    else result.set(sharesOf(state, nearest, weights), i * outputs)
  }
  if (state.classes.length === 0) return { kind: 'numbers', values: result }
  return { kind: 'classes', probabilities: result, classes: state.classes }
}

/** Fills `nearest` by insertion; a distance is given up as soon as it exceeds the worst kept. */
function search(points: Float32Array, point: Float32Array, { rows, squares }: Nearest): void {
  const width = point.length
  const last = squares.length - 1
  const total = width === 0 ? rows.length : points.length / width
  squares.fill(Infinity)
  for (let row = 0; row < total; row++) {
    const worst = squares[last] as number
    let square = 0
    for (let j = 0, at = row * width; j < width && square < worst; j++, at++) square += ((points[at] as number) - (point[j] as number)) ** 2
    if (square >= worst) continue
    let place = last
    for (; place > 0 && (squares[place - 1] as number) > square; place--) {
      squares[place] = squares[place - 1] as number
      rows[place] = rows[place - 1] as number
    }
    squares[place] = square
    rows[place] = row
  }
}

/** One over the distance, scaled so that the weights sum to the number of neighbours. */
function weightsOf({ squares }: Nearest): Float64Array {
  const equal = squares[0] === 0
  const weights = squares.map((square) => (equal ? (square === 0 ? 1 : 0) : 1 / Math.sqrt(square)))
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
