import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER, scanParquet, writeParquet } from '../parquet.ts'
import { quoteIdentifier } from '../sql-text.ts'

/** 2^32 divided by the golden ratio: its multiples modulo 2^32 spread as evenly as any sequence can (Knuth, TAOCP 3, 6.4). */
const GOLDEN = 2_654_435_769
const RANGE = 2 ** 32

/**
 * Writes about `wanted` of the `total` rows of a dataset, spread evenly over it, in order. No seed: the same rows each
 * time. Multiples of the golden ratio keep clear of periods in the data, which every k-th row would not.
 */
export async function writeSample(engine: DataEngine, parquet: string, names: readonly string[], sizes: { readonly wanted: number; readonly total: number }, output: string): Promise<void> {
  const limit = Math.min(RANGE, Math.ceil((sizes.wanted / Math.max(1, sizes.total)) * RANGE))
  const columns = names.length === 0 ? `* EXCLUDE (${ROW_NUMBER})` : names.map(quoteIdentifier).join(', ')
  const kept = `(${ROW_NUMBER} * ${GOLDEN}) % ${RANGE} < ${limit}`
  await writeParquet(engine, `SELECT ${columns} FROM ${scanParquet(parquet, { rowNumbers: true })} WHERE ${kept}`, output, 'lz4_raw')
}

/** True for about half of the rows, spread evenly: the half to learn from. */
export function isLearningRow(row: number): boolean {
  return Math.imul(row, GOLDEN) >= 0
}
