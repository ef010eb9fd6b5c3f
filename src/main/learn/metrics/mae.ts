import { defineMetric, meanMetric, numberView } from './metric.ts'

/** Mean absolute error, in the target's unit. */
export const mae = defineMetric({
  id: 'mae',
  label: 'Mean absolute error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Mean distance of prediction and truth, in the unit of the target.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    return meanMetric(truth.map((value, row) => Math.abs(value - (guess[row] as number))))
  },
})
