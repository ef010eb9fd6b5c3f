import { z } from 'zod'
import { parseNumber, type NumberFormat } from '#shared/domain/number-format.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { isNumeric } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import { isUsualMark, sentinelEnds, type Sentinel } from './sentinel-ends.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { doubleLiteral } from './sql-text.ts'
import { noEdge, widen, type Edge } from './text-tally.ts'

/** Numbers of a column that probably stand for "no value", the smallest first. */
export async function findSentinels(engine: DataEngine, from: string, source: SourceColumn, schema: ColumnSchema, facts: ColumnFacts): Promise<readonly Sentinel[]> {
  if (!isNumeric(schema.type)) return []
  const found = schema.numberFormat === undefined ? await plainEdges(engine, from, source, facts) : formattedEdges(facts, schema.numberFormat)
  if (found === undefined) return []
  return sentinelEnds(found.low, found.high, facts.values)
}

async function plainEdges(engine: DataEngine, from: string, source: SourceColumn, facts: ColumnFacts): Promise<{ low: Edge; high: Edge } | undefined> {
  if (facts.minimum === null || facts.maximum === null || facts.minimum === facts.maximum) return undefined
  if (facts.edges !== undefined) return facts.edges
  // Read only where one of them looks like a mark.
  return isUsualMark(facts.minimum) || isUsualMark(facts.maximum) ? readEdges(engine, from, source.expression, facts.minimum, facts.maximum) : undefined
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

/** The ends of a column of `from` that DuckDB holds as numbers (`expression`), which lie from `minimum` to `maximum`. */
export async function readEdges(engine: DataEngine, from: string, expression: string, minimum: number, maximum: number): Promise<{ low: Edge; high: Edge } | undefined> {
  const [least, most] = [doubleLiteral(minimum), doubleLiteral(maximum)]
  const [row] = await engine.rows(
    `SELECT count(*) FILTER (x = ${least}) AS low, count(*) FILTER (x = ${most}) AS high, min(x) FILTER (x > ${least}) AS "afterLow", max(x) FILTER (x < ${most}) AS "beforeHigh"
     FROM (SELECT CAST(${expression} AS DOUBLE) AS x FROM ${from})`,
    z.object({ low: z.number(), high: z.number(), afterLow: z.number().nullable(), beforeHigh: z.number().nullable() }),
  )
  if (row === undefined) return undefined
  return { low: { value: minimum, count: row.low, next: row.afterLow ?? Number.POSITIVE_INFINITY }, high: { value: maximum, count: row.high, next: row.beforeHigh ?? Number.NEGATIVE_INFINITY } }
}
