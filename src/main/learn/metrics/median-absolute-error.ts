import { defineMetric, numberView, type RowWeights } from './metric.ts'

/** Value at a 0-based place of sorted values, each as often as it counts. */
function valueAt(sorted: Float64Array, order: Uint32Array, weights: RowWeights, place: number): number {
  let before = 0
  for (let i = 0; i < order.length; i++) {
    before += weights[order[i] as number] as number
    if (before > place) return sorted[i] as number
  }
  return sorted.at(-1) ?? Number.NaN
}

/** Median absolute error, in the target's unit. */
export const medianAbsoluteError = defineMetric({
  id: 'median_absolute_error',
  label: 'Median absolute error',
  tasks: ['regression'],
  greaterIsBetter: false,
  help: 'Half of the predictions are closer to the truth than this, in the unit of the target; single large errors do not matter.',
  prepare(target, prediction) {
    const { truth, guess } = numberView(target, prediction)
    const errors = truth.map((value, row) => Math.abs(value - (guess[row] as number)))
    const order = Uint32Array.from(errors, (_error, row) => row).sort((a, b) => (errors[a] as number) - (errors[b] as number))
    const sorted = Float64Array.from(order, (row) => errors[row] as number)
    return (weights) => {
      const rows = weights === undefined ? errors.length : weights.reduce((sum, weight) => sum + weight, 0)
      if (rows === 0) return undefined
      const [low, high] = [Math.floor((rows - 1) / 2), Math.ceil((rows - 1) / 2)]
      if (weights === undefined) return ((sorted[low] as number) + (sorted[high] as number)) / 2
      return (valueAt(sorted, order, weights, low) + valueAt(sorted, order, weights, high)) / 2
    }
  },
})
