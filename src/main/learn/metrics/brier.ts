import { classView, type Metric, oneClass, POSITIVE } from './metric.ts'

/** Mean squared difference of the positive class's probability and 0 or 1 (Brier 1950). */
export const brier: Metric = {
  id: 'brier_score',
  label: 'Brier score',
  tasks: ['binary-classification'],
  greaterIsBetter: false,
  help: 'Mean squared error of the probability of the positive class: 0 is perfect, 0.25 is what always saying one half gets.',
  compute(target, prediction) {
    const { positive, score } = oneClass(classView(target, prediction), POSITIVE)
    if (score.length === 0) return undefined
    let sum = 0
    for (let row = 0; row < score.length; row++) sum += ((score[row] as number) - (positive[row] as number)) ** 2
    return sum / score.length
  },
}
