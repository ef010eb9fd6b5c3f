import { type Metric, numberView } from './metric.ts'

/** Mean absolute error, in the target's unit. */
export const mae: Metric = {
  id: 'mae',
  label: 'Mean absolute error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Mean distance of prediction and truth, in the unit of the target.',
  compute(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.length === 0) return undefined
    let sum = 0
    for (let row = 0; row < truth.length; row++) sum += Math.abs((truth[row] as number) - (guess[row] as number))
    return sum / truth.length
  },
}
