import { confusionOf, meanOverClasses } from './confusion.ts'
import { classView, type Metric } from './metric.ts'

/** Mean of the recalls of the classes that occur. */
export const balancedAccuracy: Metric = {
  id: 'balanced_accuracy',
  label: 'Balanced accuracy',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'For each class the part of its rows that were recognised, averaged: every class counts the same, however rare.',
  compute: (target, prediction) =>
    meanOverClasses(confusionOf(classView(target, prediction)), ({ hits, actual }) => (actual === 0 ? undefined : hits / actual)),
}
