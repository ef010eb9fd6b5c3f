import type { FitContext } from '../../fit-context.ts'
import { appendRows, type Examples } from '../../../table/append-rows.ts'
import type { Matrix, Target } from '../../../table/matrix.ts'
import { boost, type Boosted, type RoundListener } from './boost.ts'
import { learnColumnBins, type ColumnBins } from '../trees/column-bins.ts'
import { holdOut, holdOutFolds, type HeldOut } from '../held-out.ts'
import { lossInWords } from './loss-in-words.ts'
import { directionsOf } from './monotone.ts'
import { objectiveOf, type Constrained, type Objective } from './objective.ts'
import { paceOf, type BoostingParams } from './params.ts'
import type { BoostingState } from './state.ts'
import type { Tree } from './tree.ts'

/** Learns trees from `matrix` and `target`; blocks this thread, all of the pool's threads work. */
export function fitBoosting(matrix: Matrix, target: Target, params: BoostingParams, ctx: FitContext): BoostingState {
  ctx.throwIfAborted()
  const objective = objectiveOf(target, params)
  const { classes, start, mean, deviation, link, weighted, name } = objective
  const common = { classes, start, mean, deviation, link, weighted, objective: name }
  const directions = directionsOf(params, matrix.columns, start.length)
  if (matrix.columns.length === 0) return { ...common, columns: [], trees: [], importance: [] }
  const mark = ctx.pool.arena.mark()
  try {
    const columns = learnColumnBins(ctx.pool, matrix, params.maxBins, () => {
      ctx.throwIfAborted()
    })
    ctx.throwIfAborted()
    const trees = learnTrees({ matrix, target }, columns, { ...objective, directions }, params, ctx)
    return { ...common, columns, trees, importance: importanceOf(trees, columns.length) }
  } finally {
    ctx.pool.arena.release(mark)
  }
}

const AUTO_FROM = 10_000 // rows from which one held-out part says enough about the rest
const FOLDS = 5
const FOLDS_OF_CLASSES = 3 // with one tree per class and round, rounds cost more
const FEWEST = 40 // rows below which a fold says nothing

/**
 * Chooses the number of rounds and learns. With validation rows, they choose it. With early stopping by one held-out part, its rows are never learnt from. Of few rows none
 * can be spared: each fold is held out once, the round with the smallest mean loss is found, and as many rounds learn from all rows.
 */
function learnTrees(own: Examples, columns: readonly ColumnBins[], objective: Constrained, params: BoostingParams, ctx: FitContext): readonly Tree[] {
  const { matrix } = own
  const { rows } = matrix
  const { groups } = objective
  const pace = paceOf(params, objective.start.length)
  if (ctx.validation !== undefined && params.earlyStopping !== false) {
    const all = appendRows(own, ctx.validation)
    const judged = { ...objective, target: joinedTarget(objective, ctx.validation.target) }
    const heldOut = { order: Int32Array.from({ length: all.matrix.rows }, (_row, i) => i), training: rows }
    return boost(all.matrix, columns, judged, heldOut, params, pace, ctx, listener(objective, ctx)).trees
  }
  const run = (heldOut: HeldOut | undefined, maxIterations: number, from: number, to: number, onRound?: RoundListener): Boosted => {
    const mark = ctx.pool.arena.mark()
    const progress = (fraction: number, message?: string): void => {
      ctx.progress(from + fraction * (to - from), message)
    }
    const boosted = boost(matrix, columns, objective, heldOut, params, { ...pace, maxIterations }, { ...ctx, progress }, onRound)
    ctx.pool.arena.release(mark)
    return boosted
  }
  if (params.earlyStopping === true || (params.earlyStopping === 'auto' && rows >= AUTO_FROM)) {
    return run(holdOut(rows, groups, params.validationFraction, ctx.rng.fork('held-out rows')), pace.maxIterations, 0, 1, listener(objective, ctx)).trees
  }
  if (params.earlyStopping === false || rows < FEWEST) return run(undefined, pace.maxIterations, 0, 1, listener(objective, ctx)).trees
  const folds = holdOutFolds(rows, groups, objective.start.length > 1 ? FOLDS_OF_CLASSES : FOLDS, ctx.rng.fork('folds'))
  const part = 1 / (folds.length + 1)
  const curves = folds.map((fold, k) => run(fold, pace.maxIterations, k * part, (k + 1) * part, listener(objective, ctx, k, folds.length)).losses)
  const rounds = bestRounds(curves)
  return rounds === 0 ? [] : run(undefined, rounds, 1 - part, 1).trees
}

function joinedTarget({ target, ready }: Constrained, others: Target): Objective['target'] {
  const judged = ready(others)
  const length = target.length + judged.length
  const joined = target instanceof Int32Array ? new Int32Array(length) : new Float32Array(length)
  joined.set(target)
  joined.set(judged, target.length)
  return joined
}

/** Passes the losses on in the words and the unit of the target; undefined where nobody listens. */
function listener(objective: Constrained, { iteration: hear }: FitContext, fold = 0, folds = 1): RoundListener | undefined {
  if (hear === undefined) return undefined
  const { name, inUnit } = lossInWords(objective)
  return (iteration, training, validation) => {
    hear({ loss: name, fold, folds, iteration, training: inUnit(training), validation: validation === null ? null : inUnit(validation) })
  }
}

/** Number of rounds with the smallest mean loss over the folds; a fold that stopped early stays at its last loss. */
function bestRounds(curves: readonly (readonly number[])[]): number {
  const length = Math.max(...curves.map((curve) => curve.length))
  const mean = Array.from({ length }, (_loss, r) => curves.reduce((sum, curve) => sum + (curve[Math.min(r, curve.length - 1)] as number), 0))
  return mean.indexOf(Math.min(...mean))
}

function importanceOf(trees: readonly Tree[], columns: number): readonly number[] {
  const gains = new Float64Array(columns)
  for (const tree of trees) {
    for (const node of tree) if (node.kind === 'split') gains[node.feature] = (gains[node.feature] as number) + node.gain
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  return [...gains].map((gain) => (total > 0 ? gain / total : 0))
}
