import { z } from 'zod'
import type { CategoryColumn, Column, SparseColumns } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { hasMissing, levelsByCount, recode } from './levels.ts'

const params = z.strictObject({
  minCount: z.int().min(1).default(1).describe('Levels with fewer training rows are pooled'),
  minFraction: z.number().min(0).lt(1).default(0).describe('Levels with a smaller part of the training rows are pooled'),
  maxLevels: z.int().min(1).default(100).describe('At most this many levels keep a column of their own'),
  sparse: z
    .enum(['never', 'wide', 'always'])
    .default('never')
    .describe('Sparse columns, for estimators that accept them: never, where more than 64 levels have a column, or always'),
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

/** Levels above which `sparse: wide` makes sparse columns. */
const WIDE = 64

/** Number of each row's column; −1 where it has none. */
function placesOf(column: CategoryColumn, { levels, pooled, missing }: Fitted): Int32Array {
  const rare = pooled ? levels.length : -1
  const none = missing ? levels.length + (pooled ? 1 : 0) : -1
  const placeOf = recode(column, levels).map((code) => (code < 0 ? rare : code))
  return column.codes.map((code) => (code < 0 ? none : (placeOf[code] as number)))
}

function sparseColumns(column: CategoryColumn, fitted: Fitted): SparseColumns {
  const names = namesOf(column.name, fitted)
  const places = placesOf(column, fitted)
  const starts = new Int32Array(names.length + 1)
  for (let i = 0; i < places.length; i++) if ((places[i] as number) >= 0) (starts[(places[i] as number) + 1] as number)++
  for (let j = 0; j < names.length; j++) (starts[j + 1] as number) += starts[j] as number
  const next = starts.slice()
  const rows = new Int32Array(starts[names.length] as number)
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number
    if (place < 0) continue
    rows[next[place] as number] = i
    next[place] = (next[place] as number) + 1
  }
  return { kind: 'sparse', names, rows: places.length, block: { starts, rows, values: new Float32Array(rows.length).fill(1) } }
}

function namesOf(name: string, { levels, pooled, missing }: Fitted): string[] {
  return [...levels.map((level) => `${name} = ${level}`), ...(pooled ? [`${name} (rare)`] : []), ...(missing ? [`${name} (missing)`] : [])]
}

function* columns(column: CategoryColumn, fitted: Fitted): Generator<Column> {
  const places = placesOf(column, fitted)
  // One column at a time: a hundred of them need not be in memory together.
  for (const [place, name] of namesOf(column.name, fitted).entries()) yield matches(name, places, place)
}

/** One 0/1 column per level; rare levels share one, which unseen levels join; without it an unseen level is 0 everywhere. */
export const oneHot = defineTransform<Params, Fitted>({
  id: 'one-hot',
  version: 1,
  label: 'One column per level',
  help: 'Gives each level a 0/1 column. Rare levels share one column; a level that training did not see joins them, or is 0 everywhere.',
  takes: 'category',
  makes: 'number',
  fills: true,
  dense: (params) => ({ transform: 'one-hot', params: { ...params, sparse: 'never', maxLevels: Math.min(100, params.maxLevels) } }),
  params,
  fitted,
  fit: (column, params) => learn(asCategories(column), params),
  apply(column, { sparse }, fitted) {
    const texts = asCategories(column)
    if (sparse === 'never' || (sparse === 'wide' && fitted.levels.length <= WIDE)) return columns(texts, fitted)
    return fitted.levels.length > 0 || fitted.pooled || fitted.missing ? [sparseColumns(texts, fitted)] : []
  },
  describe(_name, _params, { levels, pooled, missing }) {
    const extra = [...(pooled ? ['one for rare levels'] : []), ...(missing ? ['one for missing'] : [])]
    const own = levels.length === 1 ? 'the one level' : `each of ${levels.length} levels`
    return `one column for ${own}${extra.length > 0 ? `, ${extra.join(', ')}` : ''}`
  },
})
