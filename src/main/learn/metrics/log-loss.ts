import { classView, type Metric } from './metric.ts'

const LEAST = 1e-15

/** Mean of −ln p of the true class; probabilities are kept within 1e-15 … 1 − 1e-15, as is that of a class the model does not know. */
export const logLoss: Metric = {
  id: 'log_loss',
  label: 'Log loss',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: false,
  help: 'How surprised the model is by the true class, in nats per row: rewards probabilities that can be trusted, punishes sure mistakes.',
  compute(target, prediction) {
    const view = classView(target, prediction)
    if (view.rows === 0) return undefined
    let sum = 0
    for (let row = 0; row < view.rows; row++) {
      const probability = view.probability(row, view.truth[row] as number)
      sum -= Math.log(Math.min(1 - LEAST, Math.max(LEAST, probability)))
    }
    return sum / view.rows
  },
}
