import { gradientAt, gradientSize, parameterCount, scoresOf, valueAt, type Objective } from './objective.ts'
import { placedNumbers } from './placed.ts'

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

type Line = { readonly value: number; readonly parameters: Float64Array; readonly scores: Float64Array }

/** Vectors per row and output in the kernels' memory: derivatives at the point looked at last, how scores change along a direction, and scores of a point. */
type Room = { readonly residual: Float64Array; readonly change: Float64Array; readonly free: Float64Array }

function addInto(out: Float64Array, a: Float64Array, scale: number, b: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) + scale * (b[i] as number)
}

/**
 * A step length along `direction` by bisection until the weak Wolfe conditions hold (Lewis and Overton 2013). Scores are
 * linear in the parameters, so a trial costs one pass over rows × outputs and no product with the design. Leaves the residual of the
 * step that it returns, whose scores lie in `room.free`.
 */
function searchLine(objective: Objective, from: Line, direction: Float64Array, slope: number, room: Room): Line | undefined {
  const { residual, free: scores } = room
  const change = scoresOf(objective, direction, room.change)
  const p = objective.design.width
  const at = (step: number): Line => {
    const parameters = sum(from.parameters, step, direction)
    addInto(scores, from.scores, step, change)
    return { parameters, scores, value: valueAt(objective, parameters, scores, residual) }
  }
  let low = 0
  let high = Infinity
  for (let trial = 0, step = 1; trial < 40; trial++) {
    const line = at(step)
    if (!(line.value <= from.value + 1e-4 * step * slope)) high = step
    else {
      let penalised = 0
      for (let j = 0; j < direction.length; j++) if (j % (p + 1) !== p) penalised += (line.parameters[j] as number) * (direction[j] as number)
      const slopeHere = (dot(residual, change) + objective.penalty * penalised) / objective.weight
      if (slopeHere >= 0.9 * slope) return line
      low = step
    }
    step = high === Infinity ? 2 * low : (low + high) / 2
  }
  return low > 0 ? at(low) : undefined
}

/**
 * Minimises a convex objective by preconditioned L-BFGS from `start`, until the largest gradient component of the mean
 * loss, per standard deviation of its column, is at most `tolerance`.
 */
export function minimise(objective: Objective, start: Float64Array, precondition: (v: Float64Array) => void, search: Search): Minimum {
  const { arena } = objective.design.pool
  const mark = arena.mark()
  try {
    const found = descend(objective, start, precondition, search)
    return { ...found, scores: new Float64Array(found.scores) }
  } finally {
    arena.release(mark)
  }
}

function descend(objective: Objective, start: Float64Array, precondition: (v: Float64Array) => void, search: Search): Minimum {
  if (start.length !== parameterCount(objective)) throw new Error(`${start.length} parameters for ${parameterCount(objective)}`)
  const vector = (): Float64Array => placedNumbers(objective.design.pool, objective.loss.outputs * objective.design.rows)
  const [residual, change] = [vector(), vector()]
  let free = vector()
  const scores = scoresOf(objective, start, vector())
  let at: Line = { value: valueAt(objective, start, scores, residual), parameters: start, scores }
  let gradient = gradientAt(objective, start, residual)
  const memory = Math.max(MEMORY.least, Math.min(MEMORY.most, Math.floor(MEMORY.numbers / (2 * start.length))))
  let pairs: readonly Pair[] = []
  for (let iteration = 0; ; iteration++) {
    search.throwIfAborted()
    const converged = gradientSize(objective, gradient) <= search.tolerance
    if (converged || iteration === search.iterations) return { ...at, iterations: iteration, converged }
    const direction = descentDirection(gradient, pairs, precondition)
    const slope = dot(gradient, direction)
    const next = slope < 0 ? searchLine(objective, at, direction, slope, { residual, change, free }) : undefined
    if (next === undefined && pairs.length === 0) return { ...at, iterations: iteration, converged: true }
    if (next === undefined) {
      pairs = [] // the memory led astray; the preconditioned gradient always descends
      continue
    }
    const nextGradient = gradientAt(objective, next.parameters, residual)
    const turn = sum(nextGradient, -1, gradient)
    const step = sum(next.parameters, -1, at.parameters)
    const curvature = dot(step, turn)
    if (curvature > 1e-14 * Math.sqrt(dot(step, step) * dot(turn, turn))) pairs = [...pairs, { step, change: turn, curvature }].slice(-memory)
    free = at.scores
    at = next
    gradient = nextGradient
  }
}
