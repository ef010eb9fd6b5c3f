import { defineMetric, meanMetric, numberView } from './metric.ts'

/** Square root of the mean squared error, in the target's unit. */
export const rmse = defineMetric({
  id: 'rmse',
  label: 'RMSE',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Root of the mean squared error, in the unit of the target: large errors count more.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    const meanSquare = meanMetric(truth.map((value, row) => (value - (guess[row] as number)) ** 2))
    return (weights) => {
      const square = meanSquare(weights)
      return square === undefined ? undefined : Math.sqrt(square)
    }
  },
})
