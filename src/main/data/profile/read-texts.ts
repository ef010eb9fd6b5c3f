import { z } from 'zod'
import type { TextProfile, ValueCount } from '#shared/domain/profile.ts'
import { parsedNumber } from '../cell.ts'
import type { DataEngine } from '../engine.ts'
import { missingTexts } from '../missing-tokens.ts'
import { numberCollector } from './number-collector.ts'
import { binsFor, histogramOfCounted } from './number-profile.ts'
import { FEW_VALUES } from './read-numbers.ts'
import { groupCells, textValues, type ProfiledColumn, type Relation } from './relation.ts'

/** The texts of a column. */
export type ReadTexts = {
  readonly values: number
  readonly distinct: number
  /** False where the count of distinct values is the dataset record's. */
  readonly distinctExact: boolean
  readonly top: readonly ValueCount[]
  readonly variants: number
  readonly numberLike: number
  readonly texts: TextProfile | undefined
}

/** Most frequent values that a profile keeps. */
const TOP = 20
/** Characters of a value that a profile keeps. */
const LONGEST_VALUE = 200
/** Share of distinct values from which a list of the most frequent says nothing. */
const UNIQUE = 0.9
/** Rows up to which several columns are read together, and cells and columns of such a batch. */
const SHORT_TABLE = 20_000
const BATCH_CELLS = 2_000_000
const BATCH_COLUMNS = 200

/** Columns of texts that are read together: those of a short table that mean the same by "no value". */
export function textBatches(columns: readonly ProfiledColumn[], rows: number): ProfiledColumn[][] {
  if (rows > SHORT_TABLE) return columns.map((column) => [column])
  const alike = Map.groupBy(columns, ({ schema, sqlType }) => JSON.stringify([sqlType, missingTexts(schema)]))
  const size = Math.max(1, Math.min(BATCH_COLUMNS, Math.floor(BATCH_CELLS / Math.max(1, rows))))
  return [...alike.values()].flatMap((some) => Array.from({ length: Math.ceil(some.length / size) }, (_, i) => some.slice(i * size, (i + 1) * size)))
}

/**
 * Counts of columns of texts that `textBatches` put together: DuckDB groups their cells, spilling to disk where it must, and
 * all else is done once per distinct value. `quick` takes columns where nearly every value differs from the dataset's record.
 */
export async function readTexts(relation: Relation, columns: readonly ProfiledColumn[], level: 'quick' | 'full'): Promise<ReadTexts[]> {
  const { engine, rows } = relation
  const [first] = columns
  if (first === undefined) return []
  const many = first.schema.distinct > FEW_VALUES
  if (level === 'quick' && many && columns.every(({ schema }) => schema.distinct >= rows * UNIQUE)) {
    return columns.map(({ schema }) => ({ values: rows - schema.missing, distinct: schema.distinct, distinctExact: false, top: [], variants: 0, numberLike: 0, texts: undefined }))
  }
  await groupCells(relation, columns, (grouped) =>
    engine.run(`CREATE OR REPLACE TABLE ${COUNTED} AS SELECT place, v, CAST(sum(cells) AS BIGINT) AS n FROM ${textValues('raw', first, grouped, ', place, cells')} WHERE v IS NOT NULL GROUP BY place, v`),
  )
  try {
    return await describeCounted(engine, columns.length, level === 'full', !many)
  } finally {
    await engine.run(`DROP TABLE ${COUNTED}`)
  }
}

/** Distinct values (`v`) of each column (`place`) with the rows that hold them (`n`). */
const COUNTED = 'profiled_values'

async function describeCounted(engine: DataEngine, columns: number, full: boolean, few: boolean): Promise<ReadTexts[]> {
  const totals = new Map((await engine.rows(
    `SELECT place, CAST(sum(n) AS BIGINT) AS total, count(*) AS kinds, CAST(coalesce(sum(n) FILTER (${parsedNumber('v')} IS NOT NULL), 0) AS BIGINT) AS numbers FROM ${COUNTED} GROUP BY place`,
    z.object({ place: z.number(), total: z.number(), kinds: z.number(), numbers: z.number() }),
  )).map((row) => [row.place, row]))
  const top = await topValues(engine)
  const variants = few && full ? await countVariants(engine) : new Map<number, number>()
  const texts = full ? await textProfiles(engine) : new Map<number, TextProfile>()
  return Array.from({ length: columns }, (_, place) => {
    const { total, kinds, numbers } = totals.get(place) ?? { total: 0, kinds: 0, numbers: 0 }
    return {
      values: total,
      distinct: kinds,
      distinctExact: true,
      top: kinds >= total * UNIQUE && kinds > TOP ? [] : (top.get(place) ?? []),
      variants: variants.get(place) ?? 0,
      numberLike: numbers,
      texts: texts.get(place),
    }
  })
}

async function topValues(engine: DataEngine): Promise<ReadonlyMap<number, ValueCount[]>> {
  const rows = await engine.rows(
    `SELECT place, min_by({'v': v, 'n': n}, {'fewer': -n, 'v': v}, ${TOP}) AS top FROM ${COUNTED} GROUP BY place`,
    z.object({ place: z.number(), top: z.array(z.object({ v: z.string(), n: z.number() })) }),
  )
  return new Map(rows.map(({ place, top }) => [place, top.map(({ v, n }) => ({ value: v.length > LONGEST_VALUE ? `${v.slice(0, LONGEST_VALUE - 1)}…` : v, count: n }))]))
}

/** Distinct values that agree with another one in lower case and with single spaces. */
async function countVariants(engine: DataEngine): Promise<ReadonlyMap<number, number>> {
  const folded = String.raw`regexp_replace(lower(v), '\s+', ' ', 'g')`
  const rows = await engine.rows(
    `SELECT place, CAST(sum(k) AS BIGINT) AS n FROM (SELECT place, count(*) AS k FROM (SELECT place, ${folded} AS f FROM ${COUNTED}) GROUP BY place, f) WHERE k > 1 GROUP BY place`,
    z.object({ place: z.number(), n: z.number() }),
  )
  return new Map(rows.map(({ place, n }) => [place, n]))
}

type Length = { readonly place: number; readonly l: number; readonly c: number }

async function textProfiles(engine: DataEngine): Promise<ReadonlyMap<number, TextProfile>> {
  const words = await engine.rows(
    `SELECT place, CAST(sum(w * n) AS BIGINT) AS words, CAST(max(w) AS BIGINT) AS most FROM (SELECT place, length(v) - length(replace(v, ' ', '')) + 1 AS w, n FROM ${COUNTED}) GROUP BY place`,
    z.object({ place: z.number(), words: z.number(), most: z.number() }),
  )
  const lengths = await engine.rows(`SELECT place, length(v) AS l, CAST(sum(n) AS BIGINT) AS c FROM ${COUNTED} GROUP BY place, l ORDER BY place, l`, z.object({ place: z.number(), l: z.number(), c: z.number() }))
  const byColumn = Map.groupBy(lengths, ({ place }) => place)
  return new Map(words.map(({ place, words: sum, most }) => [place, textProfile(byColumn.get(place) ?? [], sum, most)]))
}

/** What texts are like from how many have each length, and their words. */
function textProfile(rows: readonly Length[], words: number, most: number): TextProfile {
  const total = rows.reduce((sum, { c }) => sum + c, 0)
  const collector = numberCollector(total)
  for (const { l, c } of rows) collector.take(l, c)
  const moments = collector.finish()
  const bins = binsFor(moments)
  if (bins === undefined) throw new Error('Texts without lengths')
  const lengths = { values: Float64Array.from(rows, ({ l }) => l), counts: Float64Array.from(rows, ({ c }) => c) }
  return {
    shortest: moments.quantiles[0] ?? 0,
    longest: moments.quantiles.at(-1) ?? 0,
    meanLength: moments.mean,
    medianLength: moments.quantiles[4] ?? 0,
    meanWords: words / total,
    mostWords: most,
    lengths: histogramOfCounted(lengths, bins),
  }
}
