import { confusionOf, meanOverClasses } from './confusion.ts'
import { classView, defineMetric } from './metric.ts'

/** Mean of the recalls of the classes that occur. */
export const balancedAccuracy = defineMetric({
  id: 'balanced_accuracy',
  label: 'Balanced accuracy',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'For each class the part of its rows that were recognised, averaged: every class counts the same, however rare.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => meanOverClasses(confusionOf(view, weights), ({ hits, actual }) => (actual === 0 ? undefined : hits / actual))
  },
})
