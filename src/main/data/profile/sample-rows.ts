import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER, scanParquet, writeParquet } from '../parquet.ts'
import { spreadRows } from '../spread-rows.ts'

/** 2^32 divided by the golden ratio: its multiples modulo 2^32 spread as evenly as any sequence can (Knuth, TAOCP 3, 6.4). */
const GOLDEN = 2_654_435_769

/** Writes `wanted` of the `total` rows of a dataset (all where it has no more), spread evenly over it, in order; the same rows each time. */
export async function writeSample(engine: DataEngine, parquet: string, sizes: { readonly wanted: number; readonly total: number }, output: string): Promise<void> {
  const kept = spreadRows(sizes.total, sizes.wanted, 0)
  await writeParquet(engine, `SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${scanParquet(parquet, { rowNumbers: true })} WHERE ${kept}`, output, 'lz4_raw')
}

/** True for about half of the rows, spread evenly: the half to learn from. */
export function isLearningRow(row: number): boolean {
  return Math.imul(row, GOLDEN) >= 0
}
