import type { Design } from './design.ts'
import type { Loss } from './loss.ts'
import type { Products } from './products.ts'

/**
 * Mean loss over the weighted rows plus `penalty` / (2 · weight) · ‖coefficients‖²; intercepts are not penalised.
 * Parameters are stored output after output: `columns` coefficients, then the intercept.
 */
export type Objective = {
  readonly design: Design
  /** Of `design`. */
  readonly products: Products
  readonly loss: Loss
  /** Weight of each row, 0 or more. */
  readonly weights: Float64Array
  /** Sum of `weights`. */
  readonly weight: number
  readonly penalty: number
}

/** Number of parameters: outputs × (columns + 1). */
export function parameterCount(objective: Objective): number {
  return objective.loss.outputs * (objective.design.width + 1)
}

/** Scores of every row, output after output (outputs × rows), into `scores`. Linear in the parameters. */
export function scoresOf(objective: Objective, parameters: Float64Array, scores: Float64Array = new Float64Array(objective.loss.outputs * objective.design.rows)): Float64Array {
  const { design, products, loss } = objective
  const p = design.width
  for (let k = 0; k < loss.outputs; k++) {
    const own = parameters.subarray(k * (p + 1), (k + 1) * (p + 1))
    products.multiply(own.subarray(0, p), own[p] as number, scores.subarray(k * design.rows, (k + 1) * design.rows))
  }
  return scores
}

/** Half the squared length of the coefficients times the penalty, per unit of weight. */
function penaltyOf(objective: Objective, parameters: Float64Array): number {
  const p = objective.design.width
  let squares = 0
  for (let at = 0; at < parameters.length; at++) if (at % (p + 1) !== p) squares += (parameters[at] as number) ** 2
  return (objective.penalty * squares) / (2 * objective.weight)
}

/** Value at parameters whose scores are known; leaves the weighted loss derivatives in `residual`. */
export function valueAt(objective: Objective, parameters: Float64Array, scores: Float64Array, residual: Float64Array): number {
  return objective.loss.total(scores, objective.weights, residual) / objective.weight + penaltyOf(objective, parameters)
}

/** Gradient from the residual that `valueAt` left. */
export function gradientAt(objective: Objective, parameters: Float64Array, residual: Float64Array): Float64Array {
  const { design, products, loss, weight, penalty } = objective
  const p = design.width
  const gradient = new Float64Array(parameters.length)
  for (let k = 0; k < loss.outputs; k++) {
    const from = k * (p + 1)
    const own = gradient.subarray(from, from + p)
    const total = products.multiplyTransposed(residual.subarray(k * design.rows, (k + 1) * design.rows), own)
    for (let j = 0; j < p; j++) own[j] = ((own[j] as number) + penalty * (parameters[from + j] as number)) / weight
    gradient[from + p] = total / weight
  }
  return gradient
}

/** Largest gradient component, each per standard deviation of its column: how far from the minimum, free of units. */
export function gradientSize(objective: Objective, gradient: Float64Array): number {
  const { width, deviations } = objective.design
  let largest = 0
  for (let from = 0; from < gradient.length; from += width + 1) {
    largest = Math.max(largest, Math.abs(gradient[from + width] as number))
    for (let j = 0; j < width; j++) {
      const deviation = deviations[j] as number
      if (deviation > 0) largest = Math.max(largest, Math.abs(gradient[from + j] as number) / deviation)
    }
  }
  return largest
}
