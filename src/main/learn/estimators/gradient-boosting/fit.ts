import type { FitContext } from '../../fit-context.ts'
import type { Matrix, Target } from '../../../table/matrix.ts'
import { boost } from './boost.ts'
import { learnColumnBins } from './column-bins.ts'
import { holdOut, type HeldOut } from './held-out.ts'
import { objectiveOf, type Objective } from './objective.ts'
import type { BoostingParams } from './params.ts'
import type { BoostingState } from './state.ts'
import type { Tree } from './tree.ts'

/** Learns trees from `matrix` and `target`; blocks this thread, all of the pool's threads work. */
export function fitBoosting(matrix: Matrix, target: Target, params: BoostingParams, ctx: FitContext): BoostingState {
  ctx.throwIfAborted()
  const objective = objectiveOf(target)
  const { classes, start, mean, deviation } = objective
  if (matrix.columns.length === 0) return { classes, start, mean, deviation, columns: [], trees: [], importance: [] }
  const mark = ctx.pool.arena.mark()
  try {
    const columns = learnColumnBins(ctx.pool, matrix, params.maxBins)
    ctx.throwIfAborted()
    const trees = boost(matrix, columns, objective, chooseHeldOut(matrix.rows, objective, params, ctx), params, ctx)
    return { classes, start, mean, deviation, columns, trees, importance: importanceOf(trees, columns.length) }
  } finally {
    ctx.pool.arena.release(mark)
  }
}

const AUTO_FROM = 10_000 // rows from which a held-out part says enough about the rest

function chooseHeldOut(rows: number, { groups }: Objective, params: BoostingParams, ctx: FitContext): HeldOut | undefined {
  const wanted = params.earlyStopping === 'auto' ? rows >= AUTO_FROM : params.earlyStopping
  return wanted ? holdOut(rows, groups, params.validationFraction, ctx.rng.fork('held-out rows')) : undefined
}

function importanceOf(trees: readonly Tree[], columns: number): readonly number[] {
  const gains = new Float64Array(columns)
  for (const tree of trees) {
    for (const node of tree) if (node.kind === 'split') gains[node.feature] = (gains[node.feature] as number) + node.gain
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  return [...gains].map((gain) => (total > 0 ? gain / total : 0))
}
