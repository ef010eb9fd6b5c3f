import { classView, type Metric, oneClass, POSITIVE } from './metric.ts'
import { rankingSteps } from './ranking.ts'

/** Σ (recallₙ − recallₙ₋₁) · precisionₙ over distinct scores, without interpolation; undefined without positive rows. */
export const averagePrecision: Metric = {
  id: 'average_precision',
  label: 'Average precision',
  tasks: ['binary-classification'],
  greaterIsBetter: true,
  help: 'Precision averaged over all recalls: the area under the precision-recall curve. Chance gets the part of positive rows.',
  compute(target, prediction) {
    const { positive, score } = oneClass(classView(target, prediction), POSITIVE)
    const steps = rankingSteps(positive, score)
    const total = steps.at(-1)?.truePositives ?? 0
    if (total === 0) return undefined
    let [sum, before] = [0, 0]
    for (const { truePositives, falsePositives } of steps) {
      sum += ((truePositives - before) / total) * (truePositives / (truePositives + falsePositives))
      before = truePositives
    }
    return sum
  },
}
