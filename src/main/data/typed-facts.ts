import { z } from 'zod'
import { isMoment } from './cell.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { doubleLiteral } from './sql-text.ts'

/** Facts of a column that DuckDB holds as numbers or moments; of any other, how many texts differ (by HyperLogLog). */
export type TypedFacts = { readonly kind: 'facts'; readonly facts: ColumnFacts } | { readonly kind: 'text'; readonly distinct: number }

/** Columns per statement. */
const BATCH = 20

const number = z.union([z.number(), z.bigint().transform(Number)]).nullable()
const rowSchema = z.object({ count: z.number(), distinct: z.number(), nan: z.number(), infinite: z.number(), custom: z.number(), low: number, high: number })
type Row = z.infer<typeof rowSchema>

/** One scan for every twenty columns. */
export async function readTypedFacts(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  missing: (column: SourceColumn) => readonly string[],
  rows: number,
): Promise<TypedFacts[]> {
  const facts: TypedFacts[] = []
  for (let start = 0; start < columns.length; start += BATCH) {
    const batch = columns.slice(start, start + BATCH)
    const cells = batch.map(({ expression }, i) => `${expression} AS x${i}`)
    const values = batch.map(({ sqlType }, i) => `${valueOf(`x${i}`, sqlType, missing(batch[i] as SourceColumn))} AS v${i}`)
    const items = batch.map(({ sqlType }, i) => `${aggregates(i, sqlType)} AS f${i}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM (SELECT *, ${values.join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from}))`, z.record(z.string(), z.unknown()))
    for (const [i, { sqlType }] of batch.entries()) facts.push(await factsOf(rowSchema.parse(row?.[`f${i}`]), sqlType, rows, () => hugeCount(engine, from, batch[i] as SourceColumn)))
  }
  return facts
}

function valueOf(cell: string, sqlType: string, missing: readonly string[]): string {
  if (sqlType !== 'BIGINT' && sqlType !== 'DOUBLE') return cell
  const tokens = missing.map(Number).filter(Number.isFinite)
  const conditions = [...(sqlType === 'DOUBLE' ? [`NOT isfinite(${cell})`] : []), ...(tokens.length > 0 ? [`list_contains([${tokens.map(doubleLiteral).join(', ')}], CAST(${cell} AS DOUBLE))`] : [])]
  return conditions.length === 0 ? cell : `CASE WHEN ${conditions.join(' OR ')} THEN NULL ELSE ${cell} END`
}

function aggregates(i: number, sqlType: string): string {
  const [cell, value] = [`x${i}`, `v${i}`]
  const isDouble = sqlType === 'DOUBLE'
  const edge = sqlType === 'BIGINT' || isDouble ? value : isMoment(sqlType) ? `year(${value})` : 'NULL::BIGINT'
  return `{
    'count': count(${value}),
    'distinct': approx_count_distinct(${value}),
    'nan': ${isDouble ? `count(*) FILTER (isnan(${cell}))` : '0'},
    'infinite': ${isDouble ? `count(*) FILTER (isinf(${cell}))` : '0'},
    'custom': count(${cell}) - count(${value}),
    'low': min(${edge}),
    'high': max(${edge})
  }`
}

async function factsOf({ count, distinct, nan, infinite, custom, low, high }: Row, sqlType: string, rows: number, huge: () => Promise<number>): Promise<TypedFacts> {
  const moment = isMoment(sqlType)
  const isInteger = sqlType === 'BIGINT'
  if (!moment && !isInteger && sqlType !== 'DOUBLE') return { kind: 'text', distinct }
  const digits = [low, high].map((value) => String(value ?? '').length)
  const hugeIntegers = isInteger && Math.max(-(low ?? 0), high ?? 0) >= 2 ** 53 ? await huge() : 0
  const values = count + infinite
  const facts: ColumnFacts = {
    ...{ blank: rows - count - custom, padded: 0, always: nan, custom: custom - nan - infinite, conditional: 0, values },
    ...{ numbers: moment ? 0 : values, infinite, integers: isInteger ? count - hugeIntegers : 0, hugeIntegers, leadingZeros: 0 },
    ...{ distinct: Math.min(distinct, count), exactDistinct: false, minimum: moment ? null : low, maximum: moment ? null : high },
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
