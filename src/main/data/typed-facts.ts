import { z } from 'zod'
import { isMoment } from './cell.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { repeatsValues } from './sampled-variety.ts'
import { doubleLiteral } from './sql-text.ts'

/** Facts of a column that DuckDB holds as numbers or moments; of any other, how many texts differ (by HyperLogLog), if that is not better counted by grouping them. */
export type TypedFacts = { readonly kind: 'facts'; readonly facts: ColumnFacts } | { readonly kind: 'text'; readonly distinct: number | undefined }

/** Columns per statement. */
const BATCH = 20
/** Whole numbers up to this far apart are marked off by bits: 16 MiB of them in each thread. */
const MOST_BITS = 2 ** 27

const number = z.union([z.number(), z.nan(), z.literal(Infinity), z.literal(-Infinity), z.bigint().transform(Number)]).nullable()
const rowSchema = z.object({ count: z.number(), distinct: z.number(), exact: z.boolean(), nan: z.number(), infinite: z.number(), custom: z.number(), low: number, high: number })
type Row = z.infer<typeof rowSchema>

/**
 * One scan for every twenty columns. Columns whose values repeat are grouped instead, one by one, and columns of which some
 * cells are no values are looked at once more.
 */
export async function readTypedFacts(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  missing: (column: SourceColumn) => readonly string[],
  rows: number,
): Promise<TypedFacts[]> {
  const grouped = await repeatsValues(engine, from, columns, rows)
  const isTyped = ({ sqlType }: SourceColumn): boolean => isNumeric(sqlType) || isMoment(sqlType)
  const scanned = await scanColumns(engine, from, columns.filter((_, i) => grouped[i] !== true))
  const facts: TypedFacts[] = []
  for (const [i, column] of columns.entries()) {
    if (grouped[i] === true && !isTyped(column)) {
      facts.push({ kind: 'text', distinct: undefined })
      continue
    }
    const tokens = numericTokens(column, missing)
    const row = scanned.get(column) ?? (await groupColumn(engine, from, column))
    // NaN sorts last: where both ends are finite, so are all cells.
    const exact = tokens.length > 0 || !Number.isFinite(row.low ?? 0) || !Number.isFinite(row.high ?? 0) ? await readValues(engine, from, column, tokens) : row
    facts.push(await factsOf(exact, column.sqlType, rows, () => hugeCount(engine, from, column)))
  }
  return facts
}

async function scanColumns(engine: DataEngine, from: string, columns: readonly SourceColumn[]): Promise<Map<SourceColumn, Row>> {
  const found = new Map<SourceColumn, Row>()
  for (let start = 0; start < columns.length; start += BATCH) {
    const batch = columns.slice(start, start + BATCH)
    const cells = batch.map(({ expression }, i) => `${expression} AS x${i}`)
    const ends = await endsOfIntegers(engine, from, batch)
    const items = batch.map(({ sqlType }, i) => `${plainAggregates(`x${i}`, sqlType, ends[i])} AS f${i}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from})`, z.record(z.string(), z.unknown()))
    for (const [i, column] of batch.entries()) found.set(column, rowSchema.parse(row?.[`f${i}`]))
  }
  return found
}

type Ends = readonly [low: number | bigint, high: number | bigint]

/** The least and the greatest number of columns of whole numbers: a Parquet file's footer knows them. */
async function endsOfIntegers(engine: DataEngine, from: string, columns: readonly SourceColumn[]): Promise<(Ends | undefined)[]> {
  const whole = columns.flatMap(({ sqlType, expression }, i) => (sqlType === 'BIGINT' ? [`min(${expression}) AS low${i}, max(${expression}) AS high${i}`] : []))
  if (whole.length === 0) return []
  const [row] = await engine.rows(`SELECT ${whole.join(', ')} FROM ${from}`, z.record(z.string(), z.union([z.number(), z.bigint()]).nullable()))
  return columns.map((_, i) => {
    const [low, high] = [row?.[`low${i}`] ?? null, row?.[`high${i}`] ?? null]
    return low === null || high === null ? undefined : [low, high]
  })
}

/** Texts that mean "no value" in a column of numbers, as numbers. */
function numericTokens(column: SourceColumn, missing: (column: SourceColumn) => readonly string[]): number[] {
  return isNumeric(column.sqlType) ? missing(column).map(Number).filter(Number.isFinite) : []
}

function isNumeric(sqlType: string): boolean {
  return sqlType === 'BIGINT' || sqlType === 'DOUBLE'
}

/** Aggregates over every cell that holds something. */
function plainAggregates(cell: string, sqlType: string, ends: Ends | undefined): string {
  const end = (aggregate: string): string => (isNumeric(sqlType) ? `${aggregate}(${cell})` : isMoment(sqlType) ? `year(${aggregate}(${cell}))` : 'NULL::BIGINT')
  const count = isNumeric(sqlType) || isMoment(sqlType) ? `count(${cell})` : '0'
  const exact = ends !== undefined && Number(ends[1]) - Number(ends[0]) < MOST_BITS
  const distinct = exact ? `bit_count(bitstring_agg(${cell}, ${ends.map((value) => `${value}::BIGINT`).join(', ')}))` : `approx_count_distinct(${cell})`
  return `{ 'count': ${count}, 'distinct': ${distinct}, 'exact': ${exact}, 'nan': 0, 'infinite': 0, 'custom': 0, 'low': ${end('min')}, 'high': ${end('max')} }`
}

/** The same of a column whose values repeat, from its distinct cells. */
async function groupColumn(engine: DataEngine, from: string, { expression, sqlType }: SourceColumn): Promise<Row> {
  const end = (aggregate: string): string => (isMoment(sqlType) ? `year(${aggregate}(x))` : `${aggregate}(x)`)
  const [row] = await engine.rows(
    `SELECT CAST(coalesce(sum(n) FILTER (x IS NOT NULL), 0) AS BIGINT) AS count, count(x) AS distinct, true AS exact, 0 AS nan, 0 AS infinite, 0 AS custom, ${end('min')} AS low, ${end('max')} AS high
     FROM (SELECT x, count(*) AS n FROM (SELECT ${expression} AS x FROM ${from}) GROUP BY x)`,
    rowSchema,
  )
  if (row === undefined) throw new Error('Aggregates without a row')
  return row
}

/** Aggregates over the values of a column of numbers: its cells without those that are infinite or one of `tokens`. */
async function readValues(engine: DataEngine, from: string, { expression, sqlType }: SourceColumn, tokens: readonly number[]): Promise<Row> {
  const isDouble = sqlType === 'DOUBLE'
  const conditions = [...(isDouble ? ['NOT isfinite(x)'] : []), ...(tokens.length > 0 ? [`list_contains([${tokens.map(doubleLiteral).join(', ')}], CAST(x AS DOUBLE))`] : [])]
  const [row] = await engine.rows(
    `SELECT count(v) AS count, approx_count_distinct(v) AS distinct, false AS exact, ${isDouble ? 'count(*) FILTER (isnan(x))' : '0'} AS nan, ${isDouble ? 'count(*) FILTER (isinf(x))' : '0'} AS infinite,
     count(x) - count(v) AS custom, min(v) AS low, max(v) AS high
     FROM (SELECT x, CASE WHEN ${conditions.join(' OR ')} THEN NULL ELSE x END AS v FROM (SELECT ${expression} AS x FROM ${from}))`,
    rowSchema,
  )
  if (row === undefined) throw new Error('Aggregates without a row')
  return row
}

async function factsOf({ count, distinct, exact, nan, infinite, custom, low, high }: Row, sqlType: string, rows: number, huge: () => Promise<number>): Promise<TypedFacts> {
  const moment = isMoment(sqlType)
  const isInteger = sqlType === 'BIGINT'
  if (!moment && !isInteger && sqlType !== 'DOUBLE') return { kind: 'text', distinct }
  const digits = [low, high].map((value) => String(value ?? '').length)
  const hugeIntegers = isInteger && Math.max(-(low ?? 0), high ?? 0) >= 2 ** 53 ? await huge() : 0
  const values = count + infinite
  const facts: ColumnFacts = {
    ...{ blank: rows - count - custom, padded: 0, always: nan, custom: custom - nan - infinite, conditional: 0, values },
    ...{ numbers: moment ? 0 : values, infinite, integers: isInteger ? count - hugeIntegers : 0, hugeIntegers, leadingZeros: 0 },
    ...{ distinct: Math.min(distinct, count), exactDistinct: exact, minimum: moment ? null : low, maximum: moment ? null : high },
    shortest: count === 0 ? null : Math.min(...digits),
    longest: count === 0 ? null : Math.max(...digits),
    words: count === 0 ? null : 1,
    moment,
    years: moment && low !== null && high !== null ? [low, high] : undefined,
    ...{ tokens: [], edges: undefined, tally: undefined },
  }
  return { kind: 'facts', facts }
}

async function hugeCount(engine: DataEngine, from: string, { expression }: SourceColumn): Promise<number> {
  const [row] = await engine.rows(`SELECT count(*) AS n FROM (SELECT ${expression} AS x FROM ${from}) WHERE abs(CAST(x AS DOUBLE)) >= 9007199254740992`, z.object({ n: z.number() }))
  return row?.n ?? 0
}
