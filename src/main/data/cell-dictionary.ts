import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'
import { literalList } from './sql-text.ts'

/** Below this many rows reading the texts themselves is as quick. */
const MANY_ROWS = 20_000
/** Above this many distinct texts the ENUM of them costs more than it saves. */
const FEW_TEXTS = 2_000

/** True where a column of categories is read quicker as codes into a dictionary that DuckDB makes. */
export function isWorthDictionary(schema: ColumnSchema, rows: number): boolean {
  return rows >= MANY_ROWS && schema.distinct <= FEW_TEXTS
}

/**
 * Distinct cells of a column (an SQL text expression over `from`, which has row numbers) in order of first appearance;
 * undefined where there are more than the schema promised.
 */
export async function readDictionary(engine: DataEngine, from: string, expression: string): Promise<readonly string[] | undefined> {
  const rows = await engine.rows(
    `SELECT cell FROM (SELECT ${expression} AS cell, min(${ROW_NUMBER}) AS first FROM ${from} GROUP BY cell) WHERE cell IS NOT NULL ORDER BY first LIMIT ${FEW_TEXTS * 2}`,
    z.object({ cell: z.string() }),
  )
  return rows.length < FEW_TEXTS * 2 ? rows.map(({ cell }) => cell) : undefined
}

/** SQL for the index of a cell in its dictionary as INTEGER, −1 where it is NULL. */
export function dictionaryCode(expression: string, dictionary: readonly string[]): string {
  return dictionary.length === 0 ? '-1' : `coalesce(CAST(enum_code(CAST(${expression} AS ENUM${literalList(dictionary)})) AS INTEGER), -1)`
}
