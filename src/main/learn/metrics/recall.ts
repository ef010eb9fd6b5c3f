import { confusionOf, countsOf } from './confusion.ts'
import { classView, type Metric, POSITIVE } from './metric.ts'

/** Part of the positive rows that were called so; undefined without positive rows. */
export const recall: Metric = {
  id: 'recall',
  label: 'Recall',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Of the rows that are positive, the part that was predicted so.',
  compute(target, prediction) {
    const { hits, actual } = countsOf(confusionOf(classView(target, prediction)), POSITIVE)
    return actual === 0 ? undefined : hits / actual
  },
}
