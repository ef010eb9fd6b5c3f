import { classView, type Metric } from './metric.ts'

/** Part of the rows whose most probable class is the true one. */
export const accuracy: Metric = {
  id: 'accuracy',
  label: 'Accuracy',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: true,
  help: 'Part of the rows whose predicted class is the true one. Says little where one class is much more common than the others.',
  compute(target, prediction) {
    const { rows, truth, guess } = classView(target, prediction)
    if (rows === 0) return undefined
    let hits = 0
    for (let row = 0; row < rows; row++) if (truth[row] === guess[row]) hits++
    return hits / rows
  },
}
