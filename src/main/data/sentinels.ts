import { z } from 'zod'
import { parseNumber, type NumberFormat } from '#shared/domain/number-format.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { isNumeric } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { doubleLiteral } from './sql-text.ts'
import { noEdge, widen, type Edge } from './text-tally.ts'

/** A number that probably stands for "no value": it repeats, and lies far outside the rest. */
export type Sentinel = { readonly value: number; readonly count: number; readonly low: number; readonly high: number }

/** Numbers that people write for "no value". */
const USUAL = /^-?(?:9{2,}|8{3,}|7{3,}|99\d*00|200|1000+|32768|32767|2147483648|2147483647)$|^-(?:1|9|8|7)$/
const LEAST_ROWS = 3

/** Numbers of a column that probably stand for "no value", the smallest first. */
export async function findSentinels(engine: DataEngine, from: string, source: SourceColumn, schema: ColumnSchema, facts: ColumnFacts): Promise<readonly Sentinel[]> {
  if (!isNumeric(schema.type)) return []
  const found = schema.numberFormat === undefined ? await plainEdges(engine, from, source, facts) : formattedEdges(facts, schema.numberFormat)
  if (found === undefined) return []
  const { low, high } = found
  const isLow = isFarOut(low, high, facts.values)
  const isHigh = isFarOut(high, low, facts.values)
  const [least, most] = [isLow ? low.next : low.value, isHigh ? high.next : high.value]
  return [...(isLow ? [low] : []), ...(isHigh ? [high] : [])].map(({ value, count }) => ({ value, count, low: least, high: most }))
}

/**
 * True for an outermost number that repeats and lies apart from the next by more than the others span; where it is a usual
 * mark for "no value", by a tenth of that, or alone on its side of zero.
 */
function isFarOut(edge: Edge, opposite: Edge, values: number): boolean {
  if (edge.count < LEAST_ROWS || edge.count === values || !Number.isFinite(edge.next)) return false
  // Where the other end is a mark too, its neighbour is the end of the rest.
  const end = USUAL.test(String(opposite.value)) && Number.isFinite(opposite.next) && opposite.count >= LEAST_ROWS ? opposite.next : opposite.value
  const span = Math.abs(end - edge.next)
  const gap = Math.abs(edge.value - edge.next)
  if (span === 0) return USUAL.test(String(edge.value)) && gap > Math.abs(edge.next)
  if (!USUAL.test(String(edge.value))) return gap > 3 * span
  const alone = edge.value < -1 && edge.next >= 0
  return alone ? gap >= 0.01 * span : gap >= (edge.value === -1 ? 3 : 0.5) * span
}

async function plainEdges(engine: DataEngine, from: string, source: SourceColumn, facts: ColumnFacts): Promise<{ low: Edge; high: Edge } | undefined> {
  if (facts.minimum === null || facts.maximum === null || facts.minimum === facts.maximum) return undefined
  return facts.edges ?? readEdges(engine, from, source, facts.minimum, facts.maximum)
}

function formattedEdges({ tally }: ColumnFacts, format: NumberFormat): { low: Edge; high: Edge } | undefined {
  const [low, high] = [noEdge(-1), noEdge(1)]
  for (const [text, count] of tally?.distinct() ?? []) {
    const number = parseNumber(text, format)
    if (number === undefined) continue
    widen(low, number, count, -1)
    widen(high, number, count, 1)
  }
  return low.count > 0 && low.value < high.value ? { low, high } : undefined
}

/** The ends of a column that DuckDB holds as numbers; read only where one of them looks like a mark. */
async function readEdges(engine: DataEngine, from: string, { expression }: SourceColumn, minimum: number, maximum: number): Promise<{ low: Edge; high: Edge } | undefined> {
  if (!USUAL.test(String(minimum)) && !USUAL.test(String(maximum))) return undefined
  const [least, most] = [doubleLiteral(minimum), doubleLiteral(maximum)]
  const [row] = await engine.rows(
    `SELECT count(*) FILTER (x = ${least}) AS low, count(*) FILTER (x = ${most}) AS high, min(x) FILTER (x > ${least}) AS "afterLow", max(x) FILTER (x < ${most}) AS "beforeHigh"
     FROM (SELECT CAST(${expression} AS DOUBLE) AS x FROM ${from})`,
    z.object({ low: z.number(), high: z.number(), afterLow: z.number().nullable(), beforeHigh: z.number().nullable() }),
  )
  if (row === undefined) return undefined
  return { low: { value: minimum, count: row.low, next: row.afterLow ?? Number.POSITIVE_INFINITY }, high: { value: maximum, count: row.high, next: row.beforeHigh ?? Number.NEGATIVE_INFINITY } }
}
