import type { Matrix, Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { chooseKnots, expandCurves } from './curves.ts'
import { createDesign, requireFinite, type Design } from './design.ts'
import { logisticLoss, softmaxLoss, squaredLoss, type Loss } from './loss.ts'
import { minimise } from './minimise.ts'
import type { Objective } from './objective.ts'
import { choosePenalty, startOf } from './penalty-path.ts'
import { createPreconditioner, curvatureOf } from './preconditioner.ts'
import type { LinearState } from './state.ts'

/** Parameters after defaults; see `linear.ts`. */
export type LinearParams = { readonly regularisation: number | 'auto'; readonly curves: number }

/** Rows above which the penalty is chosen on a random sample of this many; it means the same for any number of rows. */
const MOST_CHOICE_ROWS = 10_000
/** Largest gradient component of the mean loss, per standard deviation of its column, at which a fit is done. */
const TOLERANCE = 1e-6
const MOST_ITERATIONS = 2000

type Problem = Pick<LinearState, 'link' | 'classes' | 'outputs'> & {
  readonly loss: Loss
  readonly strata: Int32Array | undefined
  /** Scores times `scale` plus `shift` are in the target's units. */
  readonly scale: number
  readonly shift: number
}

function regressionProblem(values: Float64Array): Problem {
  const n = values.length
  let mean = 0
  for (const value of values) mean += value / n
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value - mean))
  let squares = 0
  for (const value of values) squares += ((value - mean) / (largest || 1)) ** 2 / n // scaled first: 1e308 squared overflows
  const scale = Math.sqrt(squares) * largest || 1
  const loss = squaredLoss(values.map((value) => (value - mean) / scale))
  return { link: 'identity', classes: [], outputs: [], loss, strata: undefined, scale, shift: mean }
}

function classProblem(codes: Int32Array, classes: readonly string[]): Problem {
  const seen = new Set(codes)
  const present = classes.map((_, code) => code).filter((code) => seen.has(code))
  const shape = { classes, strata: codes, scale: 1, shift: 0 }
  if (classes.length === 2 && present.length === 2) return { ...shape, link: 'logistic', outputs: [], loss: logisticLoss(codes) }
  const place = new Map(present.map((code, at) => [code, at]))
  const loss = softmaxLoss(codes.map((code) => place.get(code) ?? 0), present.length)
  return { ...shape, link: 'softmax', outputs: present, loss }
}

function problemOf(target: Target): Problem {
  return target.kind === 'numbers' ? regressionProblem(target.values) : classProblem(target.codes, target.classes)
}

/** Rows `index` of a matrix and its target. */
function sampleRows(matrix: Matrix, target: Target, index: Int32Array): { matrix: Matrix; target: Target } {
  const data = new Float32Array(index.length * matrix.columns.length)
  matrix.columns.forEach((_, j) => {
    for (let i = 0; i < index.length; i++) data[j * index.length + i] = matrix.data[j * matrix.rows + (index[i] as number)] as number
  })
  return {
    matrix: { rows: index.length, columns: matrix.columns, data },
    target:
      target.kind === 'numbers'
        ? { kind: 'numbers', values: Float64Array.from(index, (row) => target.values[row] as number) }
        : { ...target, codes: index.map((row) => target.codes[row] as number) },
  }
}

function automaticPenalty(matrix: Matrix, target: Target, ctx: FitContext): number {
  const order = ctx.rng.fork('penalty sample').shuffle(Int32Array.from({ length: matrix.rows }, (_, i) => i))
  const sample = matrix.rows > MOST_CHOICE_ROWS ? sampleRows(matrix, target, order.slice(0, MOST_CHOICE_ROWS).toSorted()) : { matrix, target }
  const design = createDesign(sample.matrix)
  const problem = problemOf(sample.target)
  return choosePenalty(design, problem.loss, problem.strata, curvatureOf(design, () => ctx.throwIfAborted()), ctx)
}

function solve(design: Design, problem: Problem, penalty: number, ctx: FitContext) {
  ctx.progress(0.7, 'column products')
  const curvature = curvatureOf(design, () => ctx.throwIfAborted())
  ctx.progress(0.8, 'fitting')
  const objective: Objective = { design, loss: problem.loss, weights: new Float64Array(design.rows).fill(1), weight: design.rows, penalty }
  const precondition = createPreconditioner(objective, curvature)
  const search = { tolerance: TOLERANCE, iterations: MOST_ITERATIONS, throwIfAborted: () => ctx.throwIfAborted() }
  const minimum = minimise(objective, startOf(objective), precondition, search)
  ctx.progress(1)
  return minimum
}

/** Fits a logistic, softmax or ridge regression, whichever the target asks for. */
export function fitLinear(given: Matrix, target: Target, { regularisation: penalty, curves }: LinearParams, ctx: FitContext): LinearState {
  requireFinite(given)
  const knots = chooseKnots(given, curves)
  const matrix = expandCurves(given, knots)
  ctx.progress(0, penalty === 'auto' ? 'choosing the penalty' : 'fitting')
  const chosen = penalty === 'auto' ? automaticPenalty(matrix, target, ctx) : penalty
  const design = createDesign(matrix)
  const problem = problemOf(target)
  const found = solve(design, problem, chosen, ctx)
  const p = design.columns.length
  const outputs = problem.loss.outputs
  const coefficients = new Float64Array(outputs * p)
  const intercepts = new Float64Array(outputs)
  for (let k = 0; k < outputs; k++) {
    for (let j = 0; j < p; j++) coefficients[k * p + j] = (found.parameters[k * (p + 1) + j] as number) * problem.scale
    intercepts[k] = (found.parameters[k * (p + 1) + p] as number) * problem.scale + problem.shift
  }
  return {
    link: problem.link,
    classes: problem.classes,
    outputs: problem.outputs,
    penalty: chosen,
    iterations: found.iterations,
    converged: found.converged,
    knots,
    coefficients,
    intercepts,
    means: Float64Array.from(design.columns, (column) => column.mean),
    deviations: Float64Array.from(design.columns, (column) => column.deviation),
  }
}
