import { defineEstimator } from '../../estimator.ts'
import { weightNote } from '../class-weights.ts'
import { fitBoosting } from './fit.ts'
import { estimateBoostingMemory } from './memory.ts'
import { boostingParams, type BoostingParams } from './params.ts'
import { predictBoosting } from './predict.ts'
import { loadBoosting, saveBoosting } from './saved.ts'
import { boostingSearchSpace } from './search-space.ts'
import type { BoostingState } from './state.ts'
import { leafCount } from './tree.ts'

/** Histogram gradient boosting of decision trees, with native categories and missing values. */
export const gradientBoosting = defineEstimator<BoostingParams, BoostingState>({
  id: 'gradient-boosting',
  version: 1,
  label: 'Gradient boosting',
  help: 'Adds small decision trees one after the other, each correcting those before it. Usually the most accurate choice for tables; takes categories and missing values as they are.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: true, categorical: true, scaled: false, sparse: false },
  params: boostingParams,
  estimateMemory: estimateBoostingMemory,
  async fit(matrix, target, params, ctx) {
    await Promise.resolve() // errors reject, they are never thrown at the caller
    return fitBoosting(matrix, target, params, ctx)
  },
  async predict(state, matrix, pool) {
    await Promise.resolve()
    return predictBoosting(state, matrix, pool)
  },
  describe(state, columns) {
    const leaves = state.trees.reduce((most, tree) => Math.max(most, leafCount(tree)), 0)
    const importance = columns.map((column, j) => ({ column: column.name, source: column.source, value: state.importance[j] ?? 0 }))
    const learnt = state.trees.length > 0 && importance.some(({ value }) => value > 0)
    return {
      summary: learnt ? `${state.trees.length} trees with at most ${leaves} leaves${state.objective === undefined ? '' : `, minimising the ${state.objective}`}${weightNote(state.weighted)}` : 'no tree: the features say nothing about the target',
      importance: learnt ? importance : [],
    }
  },
  searchSpace: boostingSearchSpace,
  serialise: saveBoosting,
  deserialise: loadBoosting,
})
