import { quantileInPlace } from '../../base/statistics.ts'
import { type Metric, numberView } from './metric.ts'

/** Median absolute error, in the target's unit. */
export const medianAbsoluteError: Metric = {
  id: 'median_absolute_error',
  label: 'Median absolute error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Half of the predictions are closer to the truth than this, in the unit of the target; single large errors do not matter.',
  compute(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.length === 0) return undefined
    return quantileInPlace(truth.map((value, row) => Math.abs(value - (guess[row] as number))), 0.5)
  },
}
