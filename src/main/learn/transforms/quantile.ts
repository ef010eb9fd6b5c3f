import { z } from 'zod'
import { finiteOf } from '../../base/statistics.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const params = z.strictObject({
  quantiles: z.int().min(2).max(10_000).default(1000).describe('Steps of the distribution that are kept'),
})
const fitted = z.object({ quantiles: z.array(z.number()) })

function learn(values: Float64Array, steps: number): number[] {
  const sorted = values.toSorted()
  if (sorted.length === 0) return []
  const count = Math.max(2, Math.min(steps, sorted.length))
  return Array.from({ length: count }, (_, step) => {
    const position = (step / (count - 1)) * (sorted.length - 1)
    const [low, fraction] = [Math.floor(position), position - Math.floor(position)]
    const [below, above] = [sorted[low] as number, sorted[Math.min(sorted.length - 1, low + 1)] as number]
    return below * (1 - fraction) + above * fraction + 0 // JSON has no −0
  })
}

/** First place whose quantile is not below (or, with `after`, is above) the value. */
function placeOf(quantiles: readonly number[], value: number, after: boolean): number {
  let [low, high] = [0, quantiles.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const quantile = quantiles[middle] as number
    if (quantile < value || (after && quantile === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** Share of the training rows below a number, 0 … 1; half of those equal to it count. */
function rankOf(quantiles: readonly number[], value: number): number {
  if (Number.isNaN(value) || quantiles.length === 0) return Number.NaN
  const last = quantiles.length - 1
  const [first, end] = [placeOf(quantiles, value, false), placeOf(quantiles, value, true)]
  if (end > first) return (first + end - 1) / 2 / last
  if (first === 0) return 0
  if (first > last) return 1
  const [below, above] = [quantiles[first - 1] as number, quantiles[first] as number]
  return (first - 1 + (value - below) / (above - below)) / last
}

/** Replaces each number by its rank among the training rows, 0 … 1. Missing stays missing. */
export const quantile = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'quantile',
  version: 1,
  label: 'Rank',
  help: 'Replaces each number by the share of training rows below it: an even spread from 0 to 1, whatever the distribution was.',
  takes: 'number',
  params,
  fitted,
  fit: (column, { quantiles }) => ({ quantiles: learn(finiteOf(asNumbers(column).values), quantiles) }),
  apply: (column, _params, { quantiles }) => [{ kind: 'number', name: column.name, values: asNumbers(column).values.map((value) => rankOf(quantiles, value)) }],
  describe: (_name, _params, { quantiles }) => `its rank among the training rows, by ${quantiles.length} quantiles`,
})
