import { defineMetric, numberView, weightedSum } from './metric.ts'

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; undefined where the truth does not vary. */
export const r2 = defineMetric({
  id: 'r2',
  label: 'R²',
  tasks: ['regression'],
  greaterIsBetter: true,
  help: 'Part of the variance of the target that the predictions explain: 1 is perfect, 0 is what always predicting the mean gets.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    const unexplained = truth.map((value, row) => (value - (guess[row] as number)) ** 2)
    return (weights) => {
      const { sum, rows } = weightedSum(truth, weights)
      const mean = sum / rows
      const total = weightedSum(truth.map((value) => (value - mean) ** 2), weights).sum
      return rows === 0 || total === 0 ? undefined : 1 - weightedSum(unexplained, weights).sum / total
    }
  },
})
