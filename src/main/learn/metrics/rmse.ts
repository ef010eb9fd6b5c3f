import { type Metric, numberView } from './metric.ts'

/** Square root of the mean squared error, in the target's unit. */
export const rmse: Metric = {
  id: 'rmse',
  label: 'RMSE',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Root of the mean squared error, in the unit of the target: large errors count more.',
  compute(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.length === 0) return undefined
    let sum = 0
    for (let row = 0; row < truth.length; row++) sum += ((truth[row] as number) - (guess[row] as number)) ** 2
    return Math.sqrt(sum / truth.length)
  },
}
