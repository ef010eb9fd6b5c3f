import { confusionOf, countsOf } from './confusion.ts'
import { classView, defineMetric } from './metric.ts'

/** Mean of the F1 of the classes, each class by its number of rows. */
export const weightedF1 = defineMetric({
  id: 'weighted_f1',
  label: 'Weighted F1',
  tasks: ['multiclass-classification'],
  greaterIsBetter: true,
  help: 'F1 of each class, averaged by the number of its rows: common classes count more.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return (weights) => {
      const confusion = confusionOf(view, weights)
      let [sum, rows] = [0, 0]
      for (let index = 0; index < confusion.size; index++) {
        const { hits, called, actual } = countsOf(confusion, index)
        if (actual > 0) sum += actual * ((2 * hits) / (called + actual))
        rows += actual
      }
      return rows === 0 ? undefined : sum / rows
    }
  },
})
