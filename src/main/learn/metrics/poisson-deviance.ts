import { defineMetric, meanMetric, numberView } from './metric.ts'

/** Mean of 2·(y·ln(y/ŷ) − y + ŷ); undefined where a true value is negative or a prediction is not positive. */
export const poissonDeviance = defineMetric({
  id: 'mean_poisson_deviance',
  label: 'Mean Poisson deviance',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Error of predicted counts and rates, relative to their size: 0 is perfect. Not given where a truth is negative or a prediction is not positive.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    if (truth.some((value) => value < 0) || guess.some((value) => !(value > 0))) return () => undefined
    return meanMetric(
      truth.map((value, row) => {
        const own = guess[row] as number
        return 2 * ((value === 0 ? 0 : value * Math.log(value / own)) - value + own)
      }),
    )
  },
})
