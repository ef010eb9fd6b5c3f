import { z } from 'zod'
import type { CategoryColumn, Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { hasMissing, levelsByCount, recode } from './levels.ts'

const params = z.strictObject({
  minCount: z.int().min(1).default(1).describe('Levels with fewer training rows are pooled'),
  minFraction: z.number().min(0).lt(1).default(0).describe('Levels with a smaller part of the training rows are pooled'),
  maxLevels: z.int().min(1).default(100).describe('At most this many levels keep a column of their own'),
  missing: z.enum(['level', 'zero']).default('level').describe('A missing value is a level of its own, or 0 in every column'),
})
type Params = z.infer<typeof params>

const fitted = z.object({
  levels: z.array(z.string()),
  /** True where a column stands for the rare levels, and later for unseen ones. */
  pooled: z.boolean(),
  /** True where a column stands for missing values. */
  missing: z.boolean(),
})
type Fitted = z.infer<typeof fitted>

function learn(column: CategoryColumn, params: Params): Fitted {
  const least = Math.max(params.minCount, params.minFraction * column.codes.length)
  const present = levelsByCount(column)
  const kept = present.filter(({ count }) => count >= least).slice(0, params.maxLevels)
  return {
    levels: kept.map(({ level }) => level),
    pooled: kept.length < present.length,
    missing: params.missing === 'level' && hasMissing(column),
  }
}

function matches(name: string, codes: Int32Array, wanted: number): Column {
  const values = new Float64Array(codes.length)
  for (let i = 0; i < values.length; i++) if (codes[i] === wanted) values[i] = 1
  return { kind: 'number', name, values }
}

const POOLED = -2

function* columns(column: CategoryColumn, { levels, pooled, missing }: Fitted): Generator<Column> {
  const codeOf = recode(column, levels).map((code) => (code < 0 ? POOLED : code))
  const codes = column.codes.map((code) => (code < 0 ? -1 : (codeOf[code] as number)))
  // One column at a time: a hundred of them need not be in memory together.
  for (let level = 0; level < levels.length; level++) yield matches(`${column.name} = ${levels[level] as string}`, codes, level)
  if (pooled) yield matches(`${column.name} (rare)`, codes, POOLED)
  if (missing) yield matches(`${column.name} (missing)`, codes, -1)
}

/** One 0/1 column per level; rare levels share one, which unseen levels join; without it an unseen level is 0 everywhere. */
export const oneHot = defineTransform<Params, Fitted>({
  id: 'one-hot',
  version: 1,
  label: 'One column per level',
  help: 'Gives each level a 0/1 column. Rare levels share one column; a level that training did not see joins them, or is 0 everywhere.',
  takes: 'category',
  params,
  fitted,
  fit: (column, params) => learn(asCategories(column), params),
  apply: (column, _params, fitted) => columns(asCategories(column), fitted),
  describe(_name, _params, { levels, pooled, missing }) {
    const extra = [...(pooled ? ['one for rare levels'] : []), ...(missing ? ['one for missing'] : [])]
    const own = levels.length === 1 ? 'the one level' : `each of ${levels.length} levels`
    return `one column for ${own}${extra.length > 0 ? `, ${extra.join(', ')}` : ''}`
  },
})
