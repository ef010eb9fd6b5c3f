import { z } from 'zod'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { scanParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'

/** Rows of `test` that stand in `train` as well, alike in every column but keys; compared by 64-bit hashes. */
export async function countOverlap(engine: DataEngine, train: string, test: string, schema: TableSchema): Promise<number> {
  const columns = schema.columns.filter(({ role }) => role !== 'identifier').map(({ name }) => `CAST(${quoteIdentifier(name)} AS VARCHAR)`)
  if (columns.length === 0) return 0
  const hash = `hash(${columns.join(', ')})`
  const [row] = await engine.rows(`SELECT count(*) AS n FROM ${scanParquet(test)} WHERE ${hash} IN (SELECT ${hash} FROM ${scanParquet(train)})`, z.object({ n: z.number() }))
  return row?.n ?? 0
}
