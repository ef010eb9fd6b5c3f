import { classView, defineMetric, meanMetric, oneClass, POSITIVE } from './metric.ts'

/** Mean squared difference of the positive class's probability and 0 or 1 (Brier 1950). */
export const brier = defineMetric({
  id: 'brier_score',
  label: 'Brier score',
  tasks: ['binary-classification'],
  greaterIsBetter: false,
  help: 'Mean squared error of the probability of the positive class: 0 is perfect, 0.25 is what always saying one half gets.',
  prepare(target, prediction) {
    const { positive, score } = oneClass(classView(target, prediction), POSITIVE)
    return meanMetric(score.map((value, row) => (value - (positive[row] as number)) ** 2))
  },
})
