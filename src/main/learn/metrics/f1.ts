import { confusionOf, countsOf } from './confusion.ts'
import { classView, type Metric, POSITIVE } from './metric.ts'

/** Harmonic mean of precision and recall of the positive class: 2·TP / (2·TP + FP + FN). */
export const f1: Metric = {
  id: 'f1',
  label: 'F1',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Harmonic mean of precision and recall of the positive class.',
  compute(target, prediction) {
    const { hits, called, actual } = countsOf(confusionOf(classView(target, prediction)), POSITIVE)
    return called + actual === 0 ? undefined : (2 * hits) / (called + actual)
  },
}
