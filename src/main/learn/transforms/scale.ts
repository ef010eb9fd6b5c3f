import { z } from 'zod'
import { finiteOf, meanAndDeviation, quantileInPlace } from '../../base/statistics.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'

const params = z.strictObject({
  method: z.enum(['standard', 'robust']).default('standard').describe('Mean and deviation, or median and quartiles'),
})
type Params = z.infer<typeof params>
const fitted = z.object({ centre: z.number(), spread: z.number().positive() })

/** Interquartile range of a normal distribution with deviation 1. */
const NORMAL_IQR = 1.3489795003921634

function isConstant(count: number, mean: number, deviation: number): boolean {
  // Rounding alone can make a constant column look spread out: the bound that scikit-learn uses.
  const rounding = count * Number.EPSILON
  return !(deviation > 0 && 1 > rounding + (rounding * (mean / deviation)) ** 2)
}

function learn(values: Float64Array, method: Params['method']): z.infer<typeof fitted> {
  if (values.length === 0) return { centre: 0, spread: 1 }
  const { mean, deviation } = meanAndDeviation(values)
  if (isConstant(values.length, mean, deviation)) return { centre: mean, spread: 1 }
  if (method === 'robust') {
    const spread = (quantileInPlace(values, 0.75) - quantileInPlace(values, 0.25)) / NORMAL_IQR
    // More than half of the rows may hold one value; then the deviation is the only scale there is.
    if (spread > 0 && Number.isFinite(spread)) return { centre: quantileInPlace(values, 0.5), spread }
  }
  return { centre: mean, spread: deviation }
}

/** Brings numbers to mean 0 and deviation 1 (or median 0 and the quartiles of a normal distribution). Missing stays missing. */
export const scale = defineTransform<Params, z.infer<typeof fitted>>({
  id: 'scale',
  version: 1,
  label: 'Scale',
  help: 'Brings numbers to one scale: standard (mean 0, deviation 1) or robust (median and quartiles). Constant columns become 0.',
  takes: 'number',
  params,
  fitted,
  fit: (column, { method }) => learn(finiteOf(asNumbers(column).values), method),
  apply(column, _params, { centre, spread }) {
    const source = asNumbers(column).values
    const values = new Float64Array(source.length)
    for (let i = 0; i < values.length; i++) values[i] = ((source[i] as number) - centre) / spread
    return [{ kind: 'number', name: column.name, values }]
  },
  describe: (_name, { method }, { centre, spread }) =>
    `less ${Number(centre.toPrecision(6))}, divided by ${Number(spread.toPrecision(6))}${method === 'robust' ? ' (median and quartiles)' : ''}`,
})
