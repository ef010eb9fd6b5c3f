import { confusionOf, countsOf } from './confusion.ts'
import { classView, defineMetric, POSITIVE } from './metric.ts'

/** Harmonic mean of precision and recall of the positive class: 2·TP / (2·TP + FP + FN). */
export const f1 = defineMetric({
  id: 'f1',
  label: 'F1',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Harmonic mean of precision and recall of the positive class.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => {
      const { hits, called, actual } = countsOf(confusionOf(view, weights), POSITIVE)
      return called + actual === 0 ? undefined : (2 * hits) / (called + actual)
    }
  },
})
