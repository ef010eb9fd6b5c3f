import { descend } from './coordinate-descent.ts'
import type { Minimum } from './minimise.ts'
import { scoresOf, type Objective } from './objective.ts'

export type ElasticSearch = { readonly tolerance: number; readonly iterations: number; throwIfAborted(): void }

type Point = { readonly parameters: Float64Array; readonly scores: Float64Array; readonly value: number }

/** Penalty of the objective split into its absolute and its squared part. */
export function partsOf(objective: Objective, l1Ratio: number): { readonly l1: number; readonly l2: number } {
  return { l1: objective.penalty * l1Ratio, l2: objective.penalty * (1 - l1Ratio) }
}

/** Σ weight · loss + l2/2 ‖w‖² + l1 ‖w‖₁; leaves the weighted loss derivatives in `residual`. */
function evaluate(objective: Objective, l1Ratio: number, parameters: Float64Array, scores: Float64Array, residual: Float64Array): Point {
  const { l1, l2 } = partsOf(objective, l1Ratio)
  const width = objective.design.width
  let penalty = 0
  for (let at = 0; at < parameters.length; at++) {
    const w = parameters[at] as number
    if (at % (width + 1) !== width) penalty += (l2 / 2) * w ** 2 + l1 * Math.abs(w)
  }
  return { parameters, scores, value: objective.loss.total(scores, objective.weights, residual) + penalty }
}

type Slopes = { readonly gradient: Float64Array; readonly total: number; readonly candidates: readonly number[]; readonly violation: number }

/**
 * Derivatives of the loss by the coefficients of one output, the columns that are in use or should be, and how far from the
 * conditions of a minimum they are at most, per row and standard deviation.
 */
function slopesOf(objective: Objective, l1Ratio: number, own: Float64Array, residual: Float64Array): Slopes {
  const { l1, l2 } = partsOf(objective, l1Ratio)
  const { width, deviations } = objective.design
  const gradient = new Float64Array(width)
  const total = objective.products.multiplyTransposed(residual, gradient)
  const candidates: number[] = []
  let violation = Math.abs(total)
  for (let j = 0; j < width; j++) {
    const deviation = deviations[j] as number
    if (deviation === 0) continue
    const w = own[j] as number
    const slope = (gradient[j] as number) + l2 * w
    const off = w === 0 ? Math.max(0, Math.abs(slope) - l1) : Math.abs(slope + l1 * Math.sign(w))
    if (w !== 0 || off > 0) candidates.push(j)
    violation = Math.max(violation, off / deviation)
  }
  return { gradient, total, candidates, violation: violation / objective.weight }
}

/** One Newton step on one output's coefficients, halved until the objective falls; undefined where none does. */
function stepOutput(objective: Objective, l1Ratio: number, from: Point, output: number, slopes: Slopes, residual: Float64Array, search: ElasticSearch): Point | undefined {
  const { design, products, loss, weights } = objective
  const { width, rows } = design
  const at = output * (width + 1)
  const own = from.parameters.subarray(at, at + width + 1)
  const pulls = residual.slice(output * rows, (output + 1) * rows).map((value) => -value)
  const curvatures = new Float64Array(rows)
  loss.curvatures(from.scores, weights, output, curvatures)
  for (let i = 0; i < rows; i++) curvatures[i] = Math.max(curvatures[i] as number, 1e-6 * (weights[i] as number)) // rows that are all but certain
  const next = own.slice()
  const tolerance = Math.max(search.tolerance / 10, slopes.violation / 100)
  descend({ design, pulls, curvatures, ...partsOf(objective, l1Ratio) }, next, slopes.candidates, tolerance, () => search.throwIfAborted())
  const step = next.map((value, j) => value - (own[j] as number))
  const change = new Float64Array(rows)
  products.multiply(step.subarray(0, width), step[width] as number, change)
  for (let trial = 0, size = 1; trial < 30; trial++, size /= 2) {
    const parameters = from.parameters.slice()
    const scores = from.scores.slice()
    for (let j = 0; j <= width; j++) (parameters[at + j] as number) += size * (step[j] as number)
    for (let i = 0; i < rows; i++) (scores[output * rows + i] as number) += size * (change[i] as number)
    if (size === 1) parameters.set(next, at) // coefficients that became 0 are exactly 0
    const point = evaluate(objective, l1Ratio, parameters, scores, residual)
    if (point.value < from.value) return point
  }
  return undefined
}

/**
 * Minimises Σ weight · loss + λ((1 − ρ)/2 ‖w‖² + ρ ‖w‖₁), λ the objective's penalty and ρ `l1Ratio`, from `start`: Newton steps by
 * output, each solved by coordinate descent (Friedman, Hastie and Tibshirani, Regularization Paths for Generalized Linear
 * Models via Coordinate Descent, 2010). Ends where no condition of a minimum is violated by more than the tolerance.
 */
export function minimiseElastic(objective: Objective, l1Ratio: number, start: Float64Array, search: ElasticSearch): Minimum {
  const { loss, design } = objective
  const residual = new Float64Array(loss.outputs * design.rows)
  let at = evaluate(objective, l1Ratio, start, scoresOf(objective, start), residual)
  for (let iteration = 0; ; iteration++) {
    let violation = 0
    let moved = false
    for (let output = 0; output < loss.outputs; output++) {
      search.throwIfAborted()
      loss.total(at.scores, objective.weights, residual)
      const own = at.parameters.subarray(output * (design.width + 1), (output + 1) * (design.width + 1))
      const slopes = slopesOf(objective, l1Ratio, own, residual.subarray(output * design.rows, (output + 1) * design.rows))
      violation = Math.max(violation, slopes.violation)
      if (slopes.violation <= search.tolerance || iteration === search.iterations) continue
      const next = stepOutput(objective, l1Ratio, at, output, slopes, residual, search)
      if (next === undefined) continue // float64 sees no lower value
      at = next
      moved = true
    }
    if (violation <= search.tolerance || !moved) return { parameters: at.parameters, scores: at.scores, iterations: iteration, converged: iteration < search.iterations }
  }
}
