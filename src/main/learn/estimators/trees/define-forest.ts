import { defineEstimator, type Estimator } from '../../estimator.ts'
import { weightNote } from '../class-weights.ts'
import { fitForest } from './fit-forest.ts'
import { estimateForestMemory } from './forest-memory.ts'
import { mostLeaves } from './forest-nodes.ts'
import type { ForestParams, forestParams } from './forest-params.ts'
import { treeCount, type ForestState, type OutOfBag } from './forest-state.ts'
import { predictForest } from './predict-forest.ts'
import { loadForest, saveForest } from './saved-forest.ts'

/** What tells one forest from another. */
type ForestKind = Pick<Estimator, 'id' | 'label' | 'help' | 'searchSpace' | 'worthTrying'> & {
  readonly params: ReturnType<typeof forestParams>
  /** True: one random threshold per column in place of the best. */
  readonly randomCuts: boolean
}

/** An estimator that averages trees grown independently of each other. */
export function defineForest({ params, randomCuts, ...kind }: ForestKind): Estimator {
  return defineEstimator<ForestParams, ForestState>({
    ...kind,
    version: 1,
    tasks: ['binary-classification', 'multiclass-classification', 'regression'],
    accepts: { missing: true, categorical: true, scaled: false, sparse: false },
    params,
    estimateMemory: estimateForestMemory,
    async fit(matrix, target, given, ctx) {
      await Promise.resolve() // errors reject, they are never thrown at the caller
      return fitForest(matrix, target, given, randomCuts, ctx)
    },
    async predict(state, matrix, pool) {
      await Promise.resolve()
      return predictForest(state, matrix, pool)
    },
    describe(state, columns) {
      const learnt = state.importance.some((value) => value > 0)
      const note = weightNote(state.weighted)
      return {
        summary: learnt ? `${treeCount(state.trees)} trees with at most ${mostLeaves(state.trees)} leaves${outOfBagWords(state.outOfBag)}${note}` : 'no split: the features say nothing about the target',
        importance: learnt ? columns.map((column, j) => ({ column: column.name, source: column.source, value: state.importance[j] ?? 0 })) : [],
      }
    },
    serialise: saveForest,
    deserialise: (saved) => loadForest(saved, kind.id),
  })
}

function outOfBagWords(outOfBag: OutOfBag | null): string {
  if (outOfBag === null) return ''
  const name = outOfBag.measure === 'accuracy' ? 'accuracy' : 'R²'
  return `; ${name} ${outOfBag.value.toFixed(3)} out of bag, on ${outOfBag.rows} rows by trees that did not see them`
}
