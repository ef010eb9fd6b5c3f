import { gradientAt, gradientSize, parameterCount, scoresOf, valueAt, type Objective } from './objective.ts'

/** Pairs of steps and gradient changes that shape the search direction, and the numbers that they may take together. */
const MEMORY = { most: 10, least: 3, numbers: 4e7 }

export type Minimum = {
  readonly parameters: Float64Array
  /** Scores at `parameters`, output after output. */
  readonly scores: Float64Array
  readonly iterations: number
  /** True where the gradient came below the tolerance, or no step could lower the value in float64 any more. */
  readonly converged: boolean
}

type Pair = { readonly step: Float64Array; readonly change: Float64Array; readonly curvature: number }
/** How exactly and how long to search. */
export type Search = { readonly tolerance: number; readonly iterations: number; throwIfAborted(): void }

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function addScaled(to: Float64Array, scale: number, values: Float64Array): void {
  for (let i = 0; i < to.length; i++) (to[i] as number) += scale * (values[i] as number)
}

function sum(a: Float64Array, scale: number, b: Float64Array): Float64Array {
  const result = a.slice()
  addScaled(result, scale, b)
  return result
}

/** Two-loop recursion of L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.4) around a preconditioner. */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[], precondition: (v: Float64Array) => void): Float64Array {
  const direction = gradient.map((value) => -value)
  const alphas: number[] = []
  for (const pair of pairs.toReversed()) {
    const alpha = dot(pair.step, direction) / pair.curvature
    alphas.push(alpha)
    addScaled(direction, -alpha, pair.change)
  }
  precondition(direction)
  const last = pairs.at(-1)
  if (last !== undefined) {
    const image = last.change.slice()
    precondition(image)
    const scale = last.curvature / dot(last.change, image)
    for (let i = 0; i < direction.length; i++) (direction[i] as number) *= scale
  }
  for (const pair of pairs) addScaled(direction, (alphas.pop() as number) - dot(pair.change, direction) / pair.curvature, pair.step)
  return direction
}

type Line = { readonly step: number; readonly value: number; readonly parameters: Float64Array; readonly scores: Float64Array }

/**
 * A step length along `direction` by bisection until the weak Wolfe conditions hold (Lewis and Overton 2013). Scores are
 * linear in the parameters, so a trial costs one pass over rows × outputs and no product with the design. Leaves the residual of the
 * step that it returns.
 */
function searchLine(
  objective: Objective, from: Line, direction: Float64Array, slope: number, residual: Float64Array,
): Line | undefined {
  const change = scoresOf(objective, direction)
  const p = objective.design.width
  let low = 0
  let high = Infinity
  let best: Line | undefined
  for (let trial = 0, step = 1; trial < 40; trial++) {
    const parameters = sum(from.parameters, step, direction)
    const scores = sum(from.scores, step, change)
    const value = valueAt(objective, parameters, scores, residual)
    if (!(value <= from.value + 1e-4 * step * slope)) high = step
    else {
      best = { step, value, parameters, scores }
      let penalised = 0
      for (let at = 0; at < direction.length; at++) if (at % (p + 1) !== p) penalised += (parameters[at] as number) * (direction[at] as number)
      const slopeHere = (dot(residual, change) + objective.penalty * penalised) / objective.weight
      if (slopeHere >= 0.9 * slope) return best
      low = step
    }
    step = high === Infinity ? 2 * low : (low + high) / 2
  }
  if (best !== undefined) valueAt(objective, best.parameters, best.scores, residual)
  return best
}

/**
 * Minimises a convex objective by preconditioned L-BFGS from `start`, until the largest gradient component of the mean
 * loss, per standard deviation of its column, is at most `tolerance`.
 */
export function minimise(objective: Objective, start: Float64Array, precondition: (v: Float64Array) => void, search: Search): Minimum {
  if (start.length !== parameterCount(objective)) throw new Error(`${start.length} parameters for ${parameterCount(objective)}`)
  const residual = new Float64Array(objective.loss.outputs * objective.design.rows)
  const scores = scoresOf(objective, start)
  let at: Line = { step: 0, value: valueAt(objective, start, scores, residual), parameters: start, scores }
  let gradient = gradientAt(objective, start, residual)
  const memory = Math.max(MEMORY.least, Math.min(MEMORY.most, Math.floor(MEMORY.numbers / (2 * start.length))))
  let pairs: readonly Pair[] = []
  for (let iteration = 0; ; iteration++) {
    search.throwIfAborted()
    const converged = gradientSize(objective, gradient) <= search.tolerance
    if (converged || iteration === search.iterations) return { ...at, iterations: iteration, converged }
    const direction = descentDirection(gradient, pairs, precondition)
    const slope = dot(gradient, direction)
    const next = slope < 0 ? searchLine(objective, at, direction, slope, residual) : undefined
    if (next === undefined && pairs.length === 0) return { ...at, iterations: iteration, converged: true }
    if (next === undefined) {
      pairs = [] // the memory led astray; the preconditioned gradient always descends
      continue
    }
    const nextGradient = gradientAt(objective, next.parameters, residual)
    const change = sum(nextGradient, -1, gradient)
    const step = sum(next.parameters, -1, at.parameters)
    const curvature = dot(step, change)
    if (curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change))) pairs = [...pairs, { step, change, curvature }].slice(-memory)
    at = next
    gradient = nextGradient
  }
}
