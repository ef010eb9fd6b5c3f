import { z } from 'zod'
import type { DataEngine } from './engine.ts'
import type { SourceColumn } from './sources/source-reader.ts'

/** Rows at the head of a table that tell whether a column's values repeat. */
const SAMPLE_ROWS = 61_440
/** Shorter tables are counted at once. */
const LONG = 4 * SAMPLE_ROWS
/** Columns per statement. */
const BATCH = 100
/** Values repeat where at most this share of a sample differs. */
const REPEATED = 0.5

/**
 * True for each column whose first rows repeat their values: grouping its cells is then likely to take less than hashing each of
 * them for an estimate, and gives an exact count. Of short tables, and of columns without a value there, false.
 */
export async function repeatsValues(engine: DataEngine, from: string, columns: readonly SourceColumn[], rows: number): Promise<boolean[]> {
  if (rows < LONG) return columns.map(() => false)
  const repeats: boolean[] = []
  for (let start = 0; start < columns.length; start += BATCH) {
    const batch = columns.slice(start, start + BATCH)
    const counts = batch.map((_, i) => `approx_count_distinct(x${i}) BETWEEN 1 AND ${REPEATED} * count(x${i})`)
    const cells = batch.map(({ expression }, i) => `${expression} AS x${i}`)
    const [row] = await engine.rows(`SELECT [${counts.join(', ')}] AS repeats FROM (SELECT ${cells.join(', ')} FROM ${from} LIMIT ${SAMPLE_ROWS})`, z.object({ repeats: z.array(z.boolean()) }))
    repeats.push(...(row?.repeats ?? []))
  }
  return repeats
}
