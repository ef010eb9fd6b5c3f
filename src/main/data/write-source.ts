import type { ColumnType } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { writeParquet } from './parquet.ts'
import type { OpenSource } from './sources/source-reader.ts'
import { confirmPlans, planStorage, storedRows, type StoragePlan } from './storage-plan.ts'

/** What is known of a source before its rows are read. */
export type WriteOptions = {
  readonly types: ReadonlyMap<string, ColumnType>
  readonly missing: ReadonlyMap<string, readonly string[]>
  readonly decimalComma: boolean
}

/**
 * Writes the rows of a source to a dataset's Parquet file, in order, and says how each column is stored. The first rows
 * say how; each later cell is checked in the same scan. Where one contradicts, all are counted and the file is written
 * once more, so that the outcome does not depend on which cell was met first.
 */
export async function writeSource(engine: DataEngine, source: OpenSource, path: string, options: WriteOptions): Promise<readonly StoragePlan[]> {
  const write = async (plans: readonly StoragePlan[]): Promise<void> => writeParquet(engine, storedRows(plans, source.from), path, 'zstd', plans.length)
  try {
    const plans = await planStorage(engine, source.from, source.columns, options.types, options.missing, options.decimalComma)
    try {
      await write(plans)
      return plans
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('contradiction'))) throw error
      const confirmed = await confirmPlans(engine, source.from, plans)
      await write(confirmed)
      return confirmed
    }
  } catch (error) {
    throw await source.explain(engine, error)
  }
}
