import { classView, defineMetric, oneClass, POSITIVE } from './metric.ts'
import { createRanking } from './ranking.ts'

/** Σ (recallₙ − recallₙ₋₁) · precisionₙ over distinct scores, without interpolation; undefined without positive rows. */
export const averagePrecision = defineMetric({
  id: 'average_precision',
  label: 'Average precision',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Precision averaged over all recalls: the area under the precision-recall curve. Chance gets the part of positive rows.',
  prepare(target, prediction) {
    const { positive, score } = oneClass(classView(target, prediction), POSITIVE)
    return createRanking(positive, score).averagePrecision
  },
})
