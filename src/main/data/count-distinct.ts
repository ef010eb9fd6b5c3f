import { z } from 'zod'
import type { DataEngine } from './engine.ts'

/** Above this many distinct values an approximate count is good enough. */
export const EXACT_DISTINCT_LIMIT = 10_000

/** Exact numbers of distinct non-NULL values of SQL expressions over `from`, in order. */
export async function countDistinct(engine: DataEngine, from: string, expressions: readonly string[]): Promise<number[]> {
  const counts: number[] = []
  // One statement each: DuckDB keeps a hash table per distinct count, and they would all be in memory at once.
  for (const expression of expressions) {
    const [row] = await engine.rows(`SELECT count(DISTINCT ${expression}) AS n FROM ${from}`, z.object({ n: z.number() }))
    counts.push(row?.n ?? 0)
  }
  return counts
}
