import { confusionOf, meanOverClasses } from './confusion.ts'
import { classView, defineMetric } from './metric.ts'

/** Mean of the F1 of the classes that occur in truth or prediction. */
export const macroF1 = defineMetric({
  id: 'macro_f1',
  label: 'Macro F1',
  tasks: ['multiclass-classification'],
  greaterIsBetter: true,
  help: 'F1 of each class, averaged: every class counts the same, however rare.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) =>
      meanOverClasses(confusionOf(view, weights), ({ hits, called, actual }) => (called + actual === 0 ? undefined : (2 * hits) / (called + actual)))
  },
})
