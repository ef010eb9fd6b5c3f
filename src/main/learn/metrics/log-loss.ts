import { classView, defineMetric, meanMetric } from './metric.ts'

const LEAST = 1e-15

/** Mean of −ln p of the true class; probabilities are kept within 1e-15 … 1 − 1e-15, as is that of a class the model does not know. */
export const logLoss = defineMetric({
  id: 'log_loss',
  label: 'Log loss',
  tasks: ['binary-classification', 'multiclass-classification'],
  greaterIsBetter: false,
  help: 'How surprised the model is by the true class, in nats per row: rewards probabilities that can be trusted, punishes sure mistakes.',
  prepare(target, prediction) {
    const view = classView(target, prediction)
    return meanMetric(Float64Array.from(view.truth, (truth, row) => -Math.log(Math.min(1 - LEAST, Math.max(LEAST, view.probability(row, truth))))))
  },
})
