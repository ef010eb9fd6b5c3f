import { defineMetric, meanMetric, numberView } from './metric.ts'

/** Mean of |y − ŷ| / |y|, as a fraction; undefined where a true value is 0. */
export const mape = defineMetric({
  id: 'mape',
  label: 'Mean absolute percentage error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Mean error relative to the true value: 0.1 is ten per cent. Not given where a true value is 0.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.includes(0)) return () => undefined
    return meanMetric(truth.map((value, row) => Math.abs((value - (guess[row] as number)) / value)))
  },
})
