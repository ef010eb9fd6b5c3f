import { classView, defineMetric, meanMetric } from './metric.ts'

/** Part of the rows whose most probable class is the true one. */
export const accuracy = defineMetric({
  id: 'accuracy',
  label: 'Accuracy',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Part of the rows whose predicted class is the true one. Says little where one class is much more common than the others.',
  prepare(target, prediction) {
    const { truth, guess } = classView(target, prediction)
    return meanMetric(Float64Array.from(truth, (own, row) => (own === guess[row] ? 1 : 0)))
  },
})
