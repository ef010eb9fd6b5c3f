import { confusionOf, countsOf } from './confusion.ts'
import { classView, defineMetric, POSITIVE } from './metric.ts'

/** Part of the rows called positive that are; 0 where none is called positive. */
export const precision = defineMetric({
  id: 'precision',
  label: 'Precision',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Of the rows predicted positive, the part that is.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => {
      if (view.rows === 0) return undefined
      const { hits, called } = countsOf(confusionOf(view, weights), POSITIVE)
      return called === 0 ? 0 : hits / called
    }
  },
})
