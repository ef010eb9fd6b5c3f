import { confusionOf, countsOf } from './confusion.ts'
import { classView, defineMetric, POSITIVE } from './metric.ts'

/** Part of the negative rows that were called so: TN / (TN + FP); undefined without negative rows. */
export const specificity = defineMetric({
  id: 'specificity',
  label: 'Specificity',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Of the rows that are negative, the part that was predicted so: 1 means no false alarm.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => {
      const { hits, actual } = countsOf(confusionOf(view, weights), 1 - POSITIVE)
      return actual === 0 ? undefined : hits / actual
    }
  },
})
