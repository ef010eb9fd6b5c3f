import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import { finiteOf, meanAndDeviation, quantileInPlace } from '../../base/statistics.ts'
import type { Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { levelsByCount } from './levels.ts'

const params = z.strictObject({
  strategy: z.enum(['median', 'mean', 'most-frequent', 'constant']).default('median').describe('What stands in for a missing value'),
  value: z.union([z.number(), z.string()]).optional().describe('The constant, for strategy "constant"'),
})
type Params = z.infer<typeof params>

const fitted = z.object({ value: z.union([z.number(), z.string()]) })

function unfit(column: Column, why: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `Missing values of "${column.name}" cannot be filled that way`,
    message: why,
    nextStep: 'Choose another strategy: "most-frequent" suits every column, "median" and "mean" suit numbers.',
    details: { column: column.name },
  })
}

function constant(column: Column, { value }: Params): number | string {
  if (value === undefined) throw unfit(column, 'Strategy "constant" needs a `value`.')
  if (column.kind === 'category') return String(value)
  if (typeof value === 'string') throw unfit(column, `"${column.name}" holds numbers, and the value "${value}" is a text.`)
  return value
}

function learn(column: Column, params: Params): number | string {
  if (params.strategy === 'constant') return constant(column, params)
  if (column.kind === 'category') {
    if (params.strategy !== 'most-frequent') throw unfit(column, `"${column.name}" holds text, which has no ${params.strategy}.`)
    return levelsByCount(column)[0]?.level ?? ''
  }
  // A column without a single number carries nothing: any constant will do.
  const finite = finiteOf(column.values)
  if (finite.length === 0) return 0
  if (params.strategy === 'mean') return meanAndDeviation(finite).mean
  if (params.strategy === 'median') return quantileInPlace(finite, 0.5) + 0 // JSON has no −0
  return Number(levelsByCount(asCategories({ ...column, values: finite }))[0]?.level)
}

/** Fills missing values with one that the training rows suggest, or with a constant. */
export const impute = defineTransform<Params, z.infer<typeof fitted>>({
  id: 'impute',
  version: 1,
  label: 'Fill missing values',
  help: 'Puts the median, mean, most frequent value or a constant in place of missing values.',
  takes: 'any',
  fills: true,
  params,
  fitted,
  fit: (column, params) => ({ value: learn(column, params) }),
  apply(column, _params, { value }) {
    if (column.kind === 'number') {
      const filler = Number(value)
      return [{ ...column, values: column.values.map((cell) => (Number.isNaN(cell) ? filler : cell)) }]
    }
    if (!column.codes.includes(-1)) return [column]
    const known = column.categories.indexOf(String(value))
    const filler = known < 0 ? column.categories.length : known
    const categories = known < 0 ? [...column.categories, String(value)] : column.categories
    return [{ ...column, categories, codes: column.codes.map((code) => (code < 0 ? filler : code)) }]
  },
  describe: (_name, { strategy }, { value }) => `missing values become ${typeof value === 'number' ? Number(value.toPrecision(6)) : value}${strategy === 'constant' ? '' : ` (${strategy})`}`,
})
