import { type Metric, numberView } from './metric.ts'

/** Mean of |y − ŷ| / |y|, as a fraction; undefined where a true value is 0. */
export const mape: Metric = {
  id: 'mape',
  label: 'Mean absolute percentage error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Mean error relative to the true value: 0.1 is ten per cent. Not given where a true value is 0.',
  compute(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.length === 0 || truth.includes(0)) return undefined
    let sum = 0
    for (let row = 0; row < truth.length; row++) sum += Math.abs(((truth[row] as number) - (guess[row] as number)) / (truth[row] as number))
    return sum / truth.length
  },
}
