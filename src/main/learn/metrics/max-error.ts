import { defineMetric, numberView } from './metric.ts'

/** Largest absolute error, in the target's unit. */
export const maxError = defineMetric({
  id: 'max_error',
  label: 'Largest error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'The worst prediction’s distance from the truth, in the unit of the target.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    const errors = truth.map((value, row) => Math.abs(value - (guess[row] as number)))
    return (weights) => {
      let largest = -1
      for (let row = 0; row < errors.length; row++) if (weights === undefined || (weights[row] as number) > 0) largest = Math.max(largest, errors[row] as number)
      return largest < 0 ? undefined : largest
    }
  },
})
