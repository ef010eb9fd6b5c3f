import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { trimmed } from './cell.ts'
import type { DataEngine } from './engine.ts'
import { missingTexts } from './missing-tokens.ts'
import { describeRelation, ROW_NUMBER, scanParquet } from './parquet.ts'
import { isOneOf, quoteIdentifier } from './sql-text.ts'

/** Which group each row belongs to: codes from 0 in order of first appearance. */
export type RowGroups = {
  readonly codes: Int32Array
  readonly groups: number
  /** Rows without a value, which are one group. */
  readonly missing: number
  /** Values of the first groups, at most 100; null for the group without one. */
  readonly values: readonly (string | null)[]
}

const MOST_VALUES = 100

/** Groups the rows of a dataset by the values of a column; DuckDB holds the values, only a code for each row comes back. */
export async function readRowGroups(engine: DataEngine, path: string, rows: number, column: ColumnSchema): Promise<RowGroups> {
  const value = await cellText(engine, path, column)
  const from = `(SELECT ${ROW_NUMBER} AS n, ${value} AS g FROM ${scanParquet(path, { rowNumbers: true })})`
  await engine.run(`CREATE OR REPLACE TABLE row_groups AS SELECT g, CAST(row_number() OVER (ORDER BY first) - 1 AS INTEGER) AS code, size FROM (SELECT g, min(n) AS first, count(*) AS size FROM ${from} GROUP BY g)`)
  try {
    const codes = new Int32Array(rows)
    await engine.chunks(`SELECT CAST(n AS INTEGER), code FROM ${from} AS cells JOIN row_groups ON cells.g IS NOT DISTINCT FROM row_groups.g`, (chunk) => {
      const [n, code] = [chunk.column(0).numbers, chunk.column(1).numbers]
      for (let i = 0; i < chunk.rows; i++) codes[n?.[i] as number] = code?.[i] as number
    })
    const [found] = await engine.rows('SELECT count(*) AS groups, coalesce(sum(size) FILTER (g IS NULL), 0)::BIGINT AS missing FROM row_groups', z.object({ groups: z.number(), missing: z.number() }))
    const values = await engine.rows(`SELECT g FROM row_groups WHERE code < ${MOST_VALUES} ORDER BY code`, z.object({ g: z.string().nullable() }))
    return { codes, groups: found?.groups ?? 0, missing: found?.missing ?? 0, values: values.map(({ g }) => g) }
  } finally {
    await engine.run('DROP TABLE row_groups')
  }
}

/** A value of a column and its rows; null where missing. */
export type ValueRows = { readonly value: string | null; readonly rows: number }

/** The most frequent values of a column, at most `limit`. */
export async function countValues(engine: DataEngine, path: string, column: ColumnSchema, limit: number): Promise<ValueRows[]> {
  const value = await cellText(engine, path, column)
  return engine.rows(`SELECT value, count(*) AS rows FROM (SELECT ${value} AS value FROM ${scanParquet(path)}) GROUP BY value ORDER BY rows DESC, value LIMIT ${limit}`, z.object({ value: z.string().nullable(), rows: z.number() }))
}

/** SQL for a cell of a column as trimmed text, NULL where it means "no value". */
async function cellText(engine: DataEngine, path: string, column: ColumnSchema): Promise<string> {
  const stored = (await describeRelation(engine, scanParquet(path))).find(({ name }) => name === column.name)
  const text = trimmed(quoteIdentifier(column.name), stored?.sqlType ?? 'VARCHAR')
  return `CASE WHEN ${isOneOf(text, ['', ...missingTexts(column)])} THEN NULL ELSE ${text} END`
}
