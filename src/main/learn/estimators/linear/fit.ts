import { MillraceError } from '#shared/errors.ts'
import { appendRows, type Examples } from '../../../table/append-rows.ts'
import { denseColumns, type Matrix, type Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { rowWeights, type ClassWeight } from '../class-weights.ts'
import { chooseKnots, expandCurves } from './curves.ts'
import { withDesign, rescaled, type Design } from './design.ts'
import { chooseElasticPenalty, fitElasticNet } from './elastic-path.ts'
import { holdOutLast, type Fold } from './folds.ts'
import { logCountRatios } from './log-count-ratio.ts'
import { mergeColumns, type Merged } from './merge-columns.ts'
import type { Minimum } from './minimise.ts'
import { choosePenalty, objectiveOf, searchFrom, startOf, type Task } from './penalty-path.ts'
import { curvatureOf } from './preconditioner.ts'
import { problemOf } from './problem.ts'
import { requireFinite } from '../require-finite.ts'
import { sampleRows } from './sample-rows.ts'
import type { LinearState } from './state.ts'

/** Parameters after defaults; see `linear.ts`. */
export type LinearParams = {
  readonly regularisation: number | 'auto'
  readonly l1Ratio: number
  readonly classWeight: ClassWeight
  readonly curves: number
  readonly logCountRatio: boolean
}

/** Rows above which the penalty is chosen on a random sample of this many; a squared penalty means the same for any number of rows. */
const MOST_CHOICE_ROWS = 10_000
/** Cells that differ from their column's base, likewise. */
const MOST_CHOICE_CELLS = 5e6
/** Largest gradient component of the mean loss, per standard deviation of its column, at which a fit is done. */
const TOLERANCE = 1e-6
/** Likewise for coordinate descent, whose coefficients are off by more for the same gradient. */
const ELASTIC_TOLERANCE = 1e-7
/** Likewise for the squared loss where the covariance is known: one more step costs next to nothing there. */
const SQUARED_TOLERANCE = 1e-9
const MOST_ITERATIONS = 2000

function taskOf({ matrix, counts }: Shortened, target: Target, design: Design, params: LinearParams, ctx: FitContext): Task {
  const problem = problemOf(target, design.pool)
  const from = denseColumns(matrix)
  const ratios = params.logCountRatio && problem.link === 'logistic' && target.kind === 'classes' && from < design.width
  return {
    design,
    problem,
    weights: rowWeights(target, params.classWeight),
    // Only coordinate descent has no use for it.
    curvature: params.l1Ratio > 0 ? { covariance: undefined } : curvatureOf(design, () => ctx.throwIfAborted()),
    block: from < design.width,
    seenWith(weights) {
      const factors = ratios ? logCountRatios(design, from, target.codes, weights, counts) : undefined
      const roots = counts?.map((count, j) => Math.sqrt(count) * (factors?.[j] ?? 1)) ?? factors
      return roots === undefined ? design : rescaled(design, roots)
    },
  }
}

/** A matrix to fit, its equal columns merged where that shortens the fit. */
type Shortened = { readonly matrix: Matrix } & Partial<Merged>

function shortened(matrix: Matrix, params: LinearParams): Shortened {
  return (params.l1Ratio === 0 ? mergeColumns(matrix) : undefined) ?? { matrix } // an absolute penalty may take any of equal columns
}

/** Rows that are enough to choose a penalty by; undefined: all. */
function choiceRows(matrix: Matrix, ctx: FitContext): Int32Array | undefined {
  const perRow = (matrix.data.length + (matrix.sparse?.rows.length ?? 0)) / matrix.rows
  const most = Math.max(1000, Math.min(MOST_CHOICE_ROWS, Math.floor(MOST_CHOICE_CELLS / Math.max(1, perRow))))
  if (matrix.rows <= most) return undefined
  const order = ctx.rng.fork('penalty sample').shuffle(Int32Array.from({ length: matrix.rows }, (_, i) => i))
  return order.slice(0, most).toSorted()
}

function penaltyFor(task: Task, l1Ratio: number, ctx: FitContext, judged?: Fold): number {
  return l1Ratio > 0 ? chooseElasticPenalty(task, l1Ratio, ctx, judged) : choosePenalty(task, ctx, judged)
}

/** The penalty for all rows by the one that a sample of them chose. */
function scaledPenalty(chosen: number, l1Ratio: number, rows: number, sampled: number): number {
  // An absolute penalty has to keep pace with noise, whose sums grow with the root of the rows.
  return l1Ratio > 0 ? chosen * Math.sqrt(rows / sampled) : chosen
}

function sampledRows(examples: Examples, ctx: FitContext): Examples {
  const index = choiceRows(examples.matrix, ctx)
  return index === undefined ? examples : sampleRows(examples.matrix, examples.target, index)
}

/** The penalty with the least loss on the validation rows after learning from the others, each a sample where there are many. */
function validatedPenalty(own: Examples, validation: Examples, params: LinearParams, ctx: FitContext): number {
  const learnt = sampledRows(own, ctx)
  const both = appendRows(learnt, sampledRows(validation, ctx))
  const short = shortened(both.matrix, params)
  const chosen = withDesign(short.matrix, ctx.pool, (design) => {
    const task = taskOf(short, both.target, design, params, ctx)
    return penaltyFor(task, params.l1Ratio, ctx, holdOutLast(task.weights, learnt.matrix.rows))
  })
  return scaledPenalty(chosen, params.l1Ratio, own.matrix.rows, learnt.matrix.rows)
}

/** The given penalty, or the one that the validation rows or cross-validation on a sample of the rows choose; undefined where the sample is all rows. */
function sampledPenalty(matrix: Matrix, target: Target, validation: Examples | undefined, params: LinearParams, ctx: FitContext): number | undefined {
  if (params.regularisation !== 'auto') return params.regularisation
  if (validation !== undefined) return validatedPenalty({ matrix, target }, validation, params, ctx)
  const index = choiceRows(matrix, ctx)
  if (index === undefined) return undefined
  const sample = sampleRows(matrix, target, index)
  const short = shortened(sample.matrix, params)
  const chosen = withDesign(short.matrix, ctx.pool, (design) => penaltyFor(taskOf(short, sample.target, design, params, ctx), params.l1Ratio, ctx))
  return scaledPenalty(chosen, params.l1Ratio, matrix.rows, index.length)
}

function solve(task: Task, penalty: number, l1Ratio: number, ctx: FitContext): Minimum & { readonly factors: Float64Array | undefined } {
  const objective = objectiveOf(task, task.weights, penalty)
  const { factors } = objective.design
  const quick = task.problem.link === 'identity' && task.curvature.covariance !== undefined
  const search = { tolerance: l1Ratio > 0 ? ELASTIC_TOLERANCE : quick ? SQUARED_TOLERANCE : TOLERANCE, iterations: MOST_ITERATIONS, throwIfAborted: () => ctx.throwIfAborted() }
  if (l1Ratio > 0) return { ...fitElasticNet(objective, l1Ratio, search), factors }
  return { ...searchFrom(objective, startOf(objective), task.curvature, search), factors }
}

/** Fits a logistic, softmax or linear regression, whichever the target asks for. */
export function fitLinear(given: Matrix, target: Target, params: LinearParams, ctx: FitContext): LinearState {
  requireFinite(given, 'A linear model')
  if (params.logCountRatio && (target.kind === 'numbers' || target.classes.length > 2)) throw needsTwoClasses()
  const knots = chooseKnots(given, params.curves)
  const matrix = expandCurves(given, knots)
  ctx.progress(0, params.regularisation === 'auto' ? 'choosing the penalty' : 'fitting')
  const validation = ctx.validation && { ...ctx.validation, matrix: expandCurves(ctx.validation.matrix, knots) }
  const sampled = sampledPenalty(matrix, target, validation, params, ctx)
  const short = shortened(matrix, params)
  return withDesign(short.matrix, ctx.pool, (design) => {
    const task = taskOf(short, target, design, params, ctx)
    const penalty = sampled ?? penaltyFor(task, params.l1Ratio, ctx)
    ctx.progress(0.8, 'fitting')
    const found = solve(task, penalty, params.l1Ratio, ctx)
    ctx.progress(1)
    const { link, classes, outputs, loss, scale, shift } = task.problem
    const p = matrix.columns.length
    const place = (j: number): number => short.places?.[j] ?? j
    const coefficients = new Float64Array(loss.outputs * p)
    const intercepts = new Float64Array(loss.outputs)
    for (let k = 0; k < loss.outputs; k++) {
      const own = found.parameters.subarray(k * (design.width + 1), (k + 1) * (design.width + 1))
      for (let j = 0; j < p; j++) coefficients[k * p + j] = ((own[place(j)] as number) * scale * (found.factors?.[place(j)] ?? 1)) / (short.counts?.[place(j)] ?? 1)
      intercepts[k] = (own[design.width] as number) * scale + shift
    }
    const perColumn = (values: Float64Array): Float64Array => Float64Array.from({ length: p }, (_, j) => values[place(j)] as number)
    return {
      link, classes, outputs, penalty, knots, coefficients, intercepts,
      l1Ratio: params.l1Ratio,
      iterations: found.iterations,
      converged: found.converged,
      means: perColumn(design.means),
      deviations: perColumn(design.deviations),
    }
  })
}

function needsTwoClasses(): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: '`logCountRatio` needs two classes',
    message: 'Log count ratios compare the words of one class with those of the other.',
    nextStep: 'Take `logCountRatio` out.',
  })
}
