import { z } from 'zod'
import { finiteOf, meanAndDeviation } from '../../base/statistics.ts'
import { minimumBetween } from '../algebra/minimum.ts'
import { defineTransform } from '../transform.ts'
import { asNumbers } from './as-kind.ts'
import { FLOAT32_MAX } from './clip.ts'

const params = z.strictObject({
  least: z.number().nonnegative().default(0).describe('Numbers whose skewness is smaller than this, in size, stay as they are; above 0 also those of which most rows hold the same'),
  lambda: z.number().min(-10).max(10).optional().describe('The exponent; left out: the most likely one for the training rows'),
})
const fitted = z.object({ lambda: z.number() })

/** Exponents that are tried; 1 changes nothing. */
const REACH = 10

/** ψ(λ, x) of Yeo and Johnson, A new family of power transformations to improve normality or symmetry (2000). */
export function power(x: number, lambda: number): number {
  if (lambda === 1) return x
  if (x >= 0) return Math.abs(lambda) < 1e-12 ? Math.log1p(x) : Math.expm1(lambda * Math.log1p(x)) / lambda
  const other = 2 - lambda
  return Math.abs(other) < 1e-12 ? -Math.log1p(-x) : -Math.expm1(other * Math.log1p(-x)) / other
}

/** Minus the log-likelihood of λ, constants left out; infinite where numbers overflow. */
function cost(values: Float64Array, signedLogs: number, lambda: number): number {
  const { deviation } = meanAndDeviation(values.map((x) => power(x, lambda)))
  const result = values.length * Math.log(deviation) - (lambda - 1) * signedLogs
  return Number.isFinite(result) ? result : Number.POSITIVE_INFINITY
}

/** Rows that are enough to see a skew. */
const MOST_ROWS = 100_000

function mostLikely(all: Float64Array): number {
  const values = all.length <= MOST_ROWS ? all : Float64Array.from({ length: MOST_ROWS }, (_, i) => all[Math.floor((i * all.length) / MOST_ROWS)] as number)
  const { deviation } = meanAndDeviation(values)
  if (values.length < 2 || !(deviation > 0) || !Number.isFinite(deviation)) return 1
  let signedLogs = 0
  for (let i = 0; i < values.length; i++) signedLogs += Math.sign(values[i] as number) * Math.log1p(Math.abs(values[i] as number))
  const found = minimumBetween((lambda) => cost(values, signedLogs, lambda), -REACH, REACH)
  return Number.isFinite(cost(values, signedLogs, found)) ? found : 1
}

/** Third standardised moment; 0 for numbers that do not vary. */
function skewness(values: Float64Array): number {
  const { mean, deviation } = meanAndDeviation(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (((values[i] as number) - mean) / deviation) ** 3 / values.length
  return Number.isFinite(sum) ? sum : 0
}

/** True where numbers are no more skewed than `least`, or their skew is that of a few that differ from a common value. */
function isStraight(values: Float64Array, least: number): boolean {
  if (least === 0) return false
  const sorted = values.toSorted()
  const middle = sorted[sorted.length >>> 1]
  const alike = sorted.reduce((sum, value) => sum + (value === middle ? 1 : 0), 0)
  return alike > sorted.length / 2 || Math.abs(skewness(values)) < least
}

/** Makes skewed numbers of either sign more alike to a normal distribution. Missing stays missing. Scaling is a transform of its own. */
export const yeoJohnson = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'yeo-johnson',
  version: 1,
  label: 'Straighten a skew',
  help: 'Raises numbers to the power that makes them most like a normal distribution (Yeo-Johnson; the power is learnt from training rows).',
  takes: 'number',
  params,
  fitted,
  fit(column, { lambda, least }) {
    const values = finiteOf(asNumbers(column).values)
    return { lambda: lambda ?? (isStraight(values, least) ? 1 : mostLikely(values)) }
  },
  apply(column, _params, { lambda }) {
    const source = asNumbers(column).values
    const values = new Float64Array(source.length)
    for (let i = 0; i < values.length; i++) values[i] = Math.max(-FLOAT32_MAX, Math.min(FLOAT32_MAX, power(source[i] as number, lambda)))
    return [{ kind: 'number', name: column.name, values }]
  },
  describe: (_name, _params, { lambda }) => (lambda === 1 ? 'not skewed, so as it is' : `straightened with the power ${Number(lambda.toPrecision(4))} (Yeo-Johnson)`),
})
