import { defineMetric, numberView, weightedSum, type RowWeights } from './metric.ts'

function variance(values: Float64Array, weights: RowWeights | undefined): number {
  const { sum, rows } = weightedSum(values, weights)
  const mean = sum / rows
  return weightedSum(values.map((value) => (value - mean) ** 2), weights).sum / rows
}

/** 1 − Var(y − ŷ) / Var(y); unlike R² it forgives a constant error. Undefined where the truth does not vary. */
export const explainedVariance = defineMetric({
  id: 'explained_variance',
  label: 'Explained variance',
  tasks: ['regression'],
  greaterIsBetter: true,
  help: 'Part of the variance that the predictions explain when a constant error is forgiven; below R² it cannot be.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    const residuals = truth.map((value, row) => value - (guess[row] as number))
    return (weights) => {
      const total = variance(truth, weights)
      return truth.length === 0 || !(total > 0) ? undefined : 1 - variance(residuals, weights) / total
    }
  },
})
