import { type Metric, numberView } from './metric.ts'

/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)²; undefined where the truth does not vary. */
export const r2: Metric = {
  id: 'r2',
  label: 'R²',
  tasks: ['regression'],
  greaterIsBetter: true,
  help: 'Part of the variance of the target that the predictions explain: 1 is perfect, 0 is what always predicting the mean gets.',
  compute(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    let mean = 0
    for (let row = 0; row < truth.length; row++) mean += (truth[row] as number) / truth.length
    let [unexplained, total] = [0, 0]
    for (let row = 0; row < truth.length; row++) {
      unexplained += ((truth[row] as number) - (guess[row] as number)) ** 2
      total += ((truth[row] as number) - mean) ** 2
    }
    return total === 0 ? undefined : 1 - unexplained / total
  },
}
