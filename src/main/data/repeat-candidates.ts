import { z } from 'zod'
import type { DataEngine } from './engine.ts'
import { ROW_NUMBER } from './parquet.ts'

/** Some columns of a table: SQL after FROM that scans them and the row number, and SQL of each one's value. */
export type RowPart = { readonly from: string; readonly values: readonly string[] }

const CANDIDATES = 'repeat_candidates'

/**
 * Runs `work` with an SQL condition that holds for the rows that may repeat another one, over any relation with the columns or
 * the row number; `nothing` where hashes tell all rows apart. `parts` are all columns of the table, in one part or several.
 */
export async function withRepeatCandidates<T>(engine: DataEngine, parts: readonly RowPart[], nothing: T, work: (condition: string) => Promise<T>): Promise<T> {
  const [first, ...others] = parts
  if (first === undefined || first.values.length === 0) return nothing
  try {
    const condition = others.length === 0 ? await hashWhole(engine, first) : await hashParts(engine, first, others)
    const [found] = await engine.rows(`SELECT count(*) AS n FROM ${CANDIDATES}`, z.object({ n: z.number() }))
    return (found?.n ?? 0) === 0 ? nothing : await work(condition)
  } finally {
    await engine.run(`DROP TABLE IF EXISTS ${CANDIDATES}; DROP TABLE IF EXISTS row_hash`)
  }
}

async function hashWhole(engine: DataEngine, { from, values }: RowPart): Promise<string> {
  await engine.run(`CREATE OR REPLACE TABLE ${CANDIDATES} AS SELECT h FROM (SELECT hash(${values.join(', ')}) AS h FROM ${from}) GROUP BY h HAVING count(*) > 1`)
  return `hash(${values.join(', ')}) IN (SELECT h FROM ${CANDIDATES})`
}

/** Hashes of the parts, joined by row: one hash of thousands of columns takes DuckDB longer than all of their parts. */
async function hashParts(engine: DataEngine, first: RowPart, others: readonly RowPart[]): Promise<string> {
  await engine.run(`CREATE OR REPLACE TABLE row_hash AS SELECT ${ROW_NUMBER} AS n, hash(${first.values.join(', ')}) AS h FROM ${first.from}`)
  for (const { from, values } of others) {
    const part = `SELECT ${ROW_NUMBER} AS n, hash(${values.join(', ')}) AS more FROM ${from}`
    await engine.run(`CREATE OR REPLACE TABLE row_hash AS SELECT n, hash(h, more) AS h FROM row_hash JOIN (${part}) USING (n)`)
  }
  await engine.run(`CREATE OR REPLACE TABLE ${CANDIDATES} AS SELECT n FROM row_hash QUALIFY count(*) OVER (PARTITION BY h) > 1`)
  return `${ROW_NUMBER} IN (SELECT n FROM ${CANDIDATES})`
}
