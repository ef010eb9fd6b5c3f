import type { Matrix, Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { learnColumnBins } from './column-bins.ts'
import { growthOf, type ForestParams } from './forest-params.ts'
import { outputsOf, type ForestState } from './forest-state.ts'
import { forestTarget } from './forest-target.ts'
import { growForest } from './grow-forest.ts'
import { judgeOutOfBag } from './out-of-bag.ts'

/** Learns a forest; blocks this thread, all of the pool's threads work. `randomCuts`: thresholds are drawn, not searched. */
export function fitForest(matrix: Matrix, target: Target, params: ForestParams, randomCuts: boolean, ctx: FitContext): ForestState {
  ctx.throwIfAborted()
  const ready = forestTarget(target, params.classWeight)
  const { classes, shares, weighted, mean, deviation } = ready
  const common = { classes, shares, weighted, mean, deviation }
  const outputs = outputsOf(classes)
  if (matrix.columns.length === 0) return { ...common, columns: [], trees: noTrees(), importance: [], outOfBag: null }
  const mark = ctx.pool.arena.mark()
  try {
    const columns = learnColumnBins(ctx.pool, matrix, params.maxBins, () => {
      ctx.throwIfAborted()
    })
    const growth = growthOf(params, { rows: matrix.rows, columns: columns.length, classes: classes.length })
    const { trees, gains, outOfBag } = growForest({ matrix, columns, target: ready, outputs, params, growth, randomCuts }, ctx)
    const total = gains.reduce((sum, gain) => sum + gain, 0)
    const importance = [...gains].map((gain) => (total > 0 ? gain / total : 0))
    return { ...common, columns, trees, importance, outOfBag: outOfBag === undefined ? null : judgeOutOfBag(outOfBag, target, ready) }
  } finally {
    ctx.pool.arena.release(mark)
  }
}

function noTrees(): ForestState['trees'] {
  return { starts: new Int32Array(3), nodes: new Int32Array(), values: new Float32Array(), sets: new Uint8Array() }
}
