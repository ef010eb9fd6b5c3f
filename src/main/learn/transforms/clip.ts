import { z } from 'zod'
import { finiteOf, quantileInPlace } from '../../base/statistics.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const params = z.strictObject({
  lower: z.number().optional().describe('Smaller numbers become this one'),
  upper: z.number().optional().describe('Larger numbers become this one'),
  tails: z
    .number()
    .min(0)
    .optional()
    .describe('Bounds from the training rows: the 1 % and 99 % quantiles, widened by this many times their distance'),
})
type Params = z.infer<typeof params>

/** Largest finite float32. */
export const FLOAT32_MAX = 3.4028234663852886e38

const bound = z.number().min(-FLOAT32_MAX).max(FLOAT32_MAX)
const fitted = z.object({ lower: bound, upper: bound })

function within(value: number): number {
  return Math.min(FLOAT32_MAX, Math.max(-FLOAT32_MAX, value)) + 0 // JSON has no −0
}

function learn(values: Float64Array, { lower, upper, tails }: Params): z.infer<typeof fitted> {
  let [low, high] = [-FLOAT32_MAX, FLOAT32_MAX]
  if (tails !== undefined) {
    const [q01, q99] = [quantileInPlace(values, 0.01), quantileInPlace(values, 0.99)]
    const reach = q99 - q01
    // Where 98 % of the rows hold one value, that value says nothing about the size of the others.
    if (reach > 0) [low, high] = [within(q01 - tails * reach), within(q99 + tails * reach)]
  }
  return { lower: within(lower ?? low), upper: within(upper ?? high) }
}

/** Keeps numbers within bounds: those given, those of the training rows' bulk, or those of a float32. Missing stays missing. */
export const clip = defineTransform<Params, z.infer<typeof fitted>>({
  id: 'clip',
  version: 1,
  label: 'Limit',
  help: 'Numbers beyond a bound become the bound. Without bounds only numbers that float32 cannot hold are touched.',
  takes: 'number',
  params,
  fitted,
  fit: (column, params) => learn(finiteOf(asNumbers(column).values), params),
  apply(column, _params, { lower, upper }) {
    const source = asNumbers(column).values
    const values = new Float64Array(source.length)
    for (let i = 0; i < values.length; i++) {
      const value = source[i] as number
      values[i] = value < lower ? lower : value > upper ? upper : value
    }
    return [{ kind: 'number', name: column.name, values }]
  },
  describe: (_name, _params, { lower, upper }) => `kept between ${Number(lower.toPrecision(6))} and ${Number(upper.toPrecision(6))}`,
})
