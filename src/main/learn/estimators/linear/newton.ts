import type { Minimum, Search } from './minimise.ts'
import { gradientAt, gradientSize, parameterCount, scoresOf, valueAt, type Objective } from './objective.ts'

/** Share of the gradient that the linear system of a step leaves unsolved at most; falls with the gradient. */
const FORCING = 0.1
const MOST_PRODUCTS = 250
const MOST_HALVINGS = 40

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function addScaled(to: Float64Array, scale: number, values: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + scale * (values[i] as number)
}

/** A step and what it does to every score. */
type Step = { readonly direction: Float64Array; readonly change: Float64Array }

/** Solves Hessian · direction = −gradient by preconditioned conjugate gradients, as far as the forcing term asks. */
function newtonStep(objective: Objective, scores: Float64Array, gradient: Float64Array, forcing: number, precondition: (v: Float64Array) => void, search: Search): Step {
  const { loss, weights } = objective
  const direction = new Float64Array(gradient.length)
  const change = new Float64Array(scores.length)
  const residual = gradient.map((value) => -value)
  const conditioned = residual.slice()
  precondition(conditioned)
  const towards = conditioned.slice()
  const image = new Float64Array(scores.length)
  let size = dot(residual, conditioned)
  const target = size * forcing ** 2
  for (let product = 0; product < MOST_PRODUCTS && size > target; product++) {
    search.throwIfAborted()
    const move = scoresOf(objective, towards)
    loss.curve(scores, weights, move, image)
    const curved = gradientAt(objective, towards, image)
    const curvature = dot(towards, curved)
    if (!(curvature > 0)) break
    const length = size / curvature
    addScaled(direction, length, towards)
    addScaled(change, length, move)
    addScaled(residual, -length, curved)
    conditioned.set(residual)
    precondition(conditioned)
    const next = dot(residual, conditioned)
    const keep = next / size
    for (let i = 0; i < towards.length; i++) towards[i] = (conditioned[i] as number) + keep * (towards[i] as number)
    size = next
  }
  return { direction, change }
}

/**
 * Minimises a convex objective by Newton steps whose systems conjugate gradients solve in part (Dembo and Steihaug 1983; for text, Lin, Weng
 * and Keerthi, Trust Region Newton Method for Logistic Regression, 2008), until the largest gradient component of the mean loss, per
 * standard deviation of its column, is at most `tolerance`. Where columns are many, its few long vectors are what counts.
 */
export function minimiseByNewton(objective: Objective, start: Float64Array, precondition: (v: Float64Array) => void, search: Search): Minimum {
  if (start.length !== parameterCount(objective)) throw new Error(`${start.length} parameters for ${parameterCount(objective)}`)
  const residual = new Float64Array(objective.loss.outputs * objective.design.rows)
  let at = { parameters: start, scores: scoresOf(objective, start) }
  let value = valueAt(objective, at.parameters, at.scores, residual)
  let first = 0
  for (let iteration = 0; ; iteration++) {
    search.throwIfAborted()
    const gradient = gradientAt(objective, at.parameters, residual)
    const size = gradientSize(objective, gradient)
    if (size <= search.tolerance || iteration === search.iterations) return { ...at, iterations: iteration, converged: size <= search.tolerance }
    first = Math.max(first, size)
    const { direction, change } = newtonStep(objective, at.scores, gradient, Math.min(FORCING, Math.sqrt(size / first)), precondition, search)
    const slope = dot(gradient, direction)
    let next: typeof at | undefined
    for (let halving = 0, length = 1; halving < MOST_HALVINGS && next === undefined && slope < 0; halving++, length /= 2) {
      const trial = { parameters: at.parameters.slice(), scores: at.scores.slice() }
      addScaled(trial.parameters, length, direction)
      addScaled(trial.scores, length, change)
      const there = valueAt(objective, trial.parameters, trial.scores, residual)
      if (!(there <= value + 1e-4 * length * slope)) continue
      next = trial
      value = there
    }
    if (next === undefined) return { ...at, iterations: iteration, converged: true } // float64 sees no lower value
    at = next
  }
}
