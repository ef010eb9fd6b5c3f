import { z } from 'zod'
import type { TextProfile, ValueCount } from '#shared/domain/profile.ts'
import { parsedNumber } from '../cell.ts'
import type { DataEngine } from '../engine.ts'
import { numberCollector } from './number-collector.ts'
import { binsFor, histogramOfCounted } from './number-profile.ts'
import { FEW_VALUES } from './read-numbers.ts'
import { countedCells, textValues, type ProfiledColumn, type Relation } from './relation.ts'

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

/**
 * Counts of a column of texts: DuckDB groups its cells, spilling to disk where it must, and all else is done once per
 * distinct value. `quick` takes a column where nearly every value differs from the dataset's record.
 */
export async function readTexts(relation: Relation, column: ProfiledColumn, level: 'quick' | 'full'): Promise<ReadTexts> {
  const { engine, from, rows } = relation
  const { schema } = column
  const many = schema.distinct > FEW_VALUES
  if (level === 'quick' && many && schema.distinct >= rows * UNIQUE) {
    return { values: rows - schema.missing, distinct: schema.distinct, distinctExact: false, top: [], variants: 0, numberLike: 0, texts: undefined }
  }
  const cells = textValues('raw', column, countedCells(column, from), ', cells')
  await engine.run(`CREATE OR REPLACE TABLE ${COUNTED} AS SELECT v, CAST(sum(cells) AS BIGINT) AS n FROM ${cells} WHERE v IS NOT NULL GROUP BY v`)
  try {
    return await describeCounted(engine, level === 'full', !many)
  } finally {
    await engine.run(`DROP TABLE ${COUNTED}`)
  }
}

const COUNTED = 'profiled_values'

async function describeCounted(engine: DataEngine, full: boolean, few: boolean): Promise<ReadTexts> {
  const [totals] = await engine.rows(
    `SELECT CAST(coalesce(sum(n), 0) AS BIGINT) AS total, count(*) AS kinds, CAST(coalesce(sum(n) FILTER (${parsedNumber('v')} IS NOT NULL), 0) AS BIGINT) AS numbers FROM ${COUNTED}`,
    z.object({ total: z.number(), kinds: z.number(), numbers: z.number() }),
  )
  const { total, kinds, numbers } = totals ?? { total: 0, kinds: 0, numbers: 0 }
  const top = await topValues(engine)
  return {
    values: total,
    distinct: kinds,
    distinctExact: true,
    top: kinds >= total * UNIQUE && kinds > TOP ? [] : top,
    variants: few && full ? await countVariants(engine) : 0,
    numberLike: numbers,
    texts: full && total > 0 ? await textProfile(engine, total) : undefined,
  }
}

async function topValues(engine: DataEngine): Promise<ValueCount[]> {
  const rows = await engine.rows(`SELECT v, n FROM ${COUNTED} ORDER BY n DESC, v LIMIT ${TOP}`, z.object({ v: z.string(), n: z.number() }))
  return rows.map(({ v, n }) => ({ value: v.length > LONGEST_VALUE ? `${v.slice(0, LONGEST_VALUE - 1)}…` : v, count: n }))
}

/** Distinct values that agree with another one in lower case and with single spaces. */
async function countVariants(engine: DataEngine): Promise<number> {
  const folded = String.raw`regexp_replace(lower(v), '\s+', ' ', 'g')`
  const [row] = await engine.rows(
    `SELECT CAST(coalesce(sum(k), 0) AS BIGINT) AS n FROM (SELECT count(*) AS k FROM (SELECT ${folded} AS f FROM ${COUNTED}) GROUP BY f) WHERE k > 1`,
    z.object({ n: z.number() }),
  )
  return row?.n ?? 0
}

async function textProfile(engine: DataEngine, total: number): Promise<TextProfile> {
  const [words] = await engine.rows(
    `SELECT CAST(sum(w * n) AS BIGINT) AS words, CAST(max(w) AS BIGINT) AS most FROM (SELECT length(v) - length(replace(v, ' ', '')) + 1 AS w, n FROM ${COUNTED})`,
    z.object({ words: z.number(), most: z.number() }),
  )
  const rows = await engine.rows(
    `SELECT length(v) AS l, CAST(sum(n) AS BIGINT) AS c FROM ${COUNTED} GROUP BY l ORDER BY l`,
    z.object({ l: z.number(), c: z.number() }),
  )
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
    meanWords: (words?.words ?? 0) / total,
    mostWords: words?.most ?? 0,
    lengths: histogramOfCounted(lengths, bins),
  }
}
