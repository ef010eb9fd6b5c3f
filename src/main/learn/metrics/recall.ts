import { confusionOf, countsOf } from './confusion.ts'
import { classView, defineMetric, POSITIVE } from './metric.ts'

/** Part of the positive rows that were called so; undefined without positive rows. */
export const recall = defineMetric({
  id: 'recall',
  label: 'Recall',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Of the rows that are positive, the part that was predicted so.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => {
      const { hits, actual } = countsOf(confusionOf(view, weights), POSITIVE)
      return actual === 0 ? undefined : hits / actual
    }
  },
})
