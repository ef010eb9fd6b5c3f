import type { ColumnType } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { writeParquet } from './parquet.ts'
import type { OpenSource } from './sources/source-reader.ts'
import { confirmPlans, plainRows, planStorage, storedRows, type StoragePlan } from './storage-plan.ts'

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
  try {
    const plans = await planStorage(engine, source.from, source.columns, options.types, options.missing, options.decimalComma)
    const written = await writePlain(engine, source, path, plans)
    if (written === 'written' || (written === 'not-written' && (await writeChecked(engine, source, path, plans)))) return plans
    const confirmed = await confirmPlans(engine, source.from, plans)
    await writeParquet(engine, storedRows(confirmed, source.from), path, 'zstd', confirmed.length)
    return confirmed
  } catch (error) {
    throw await source.explain(engine, error)
  }
}

/** Writes with a look at each cell in SQL; false where one contradicts its plan. */
async function writeChecked(engine: DataEngine, source: OpenSource, path: string, plans: readonly StoragePlan[]): Promise<boolean> {
  try {
    await writeParquet(engine, storedRows(plans, source.from), path, 'zstd', plans.length)
    return true
  } catch (error) {
    if (error instanceof Error && error.message.includes('contradiction')) return false
    throw error
  }
}

/**
 * Writes a plain text by reading it as values at once, while its bytes are looked at beside that: which takes half the time of
 * looking at cells in SQL. Whatever is spelt in an unusual way ends it, and SQL decides.
 */
async function writePlain(engine: DataEngine, { plain }: OpenSource, path: string, plans: readonly StoragePlan[]): Promise<'written' | 'not-written' | 'contradicted'> {
  const rows = plainRows(plans, plain)
  if (plain === undefined || rows === undefined) return 'not-written'
  let [stopped, failed, done] = [false, false, false]
  const write = async (): Promise<'written' | 'not-written' | 'contradicted'> => {
    try {
      await writeParquet(engine, rows.select, path, 'zstd', plans.length)
      return 'written'
    } catch (error) {
      failed = true
      if (stopped) return 'not-written'
      if (error instanceof Error && error.message.includes('Error when converting column')) return 'contradicted'
      throw error
    } finally {
      done = true
    }
  }
  const check = async (): Promise<boolean> => {
    const same = await plain.isSpeltSo(rows.spellings, () => failed)
    if (!same && !done) {
      stopped = true
      engine.interrupt()
    }
    return same
  }
  const [written, checked] = await Promise.allSettled([write(), check()])
  if (written.status === 'rejected') throw written.reason
  if (checked.status === 'rejected') throw checked.reason
  return written.value === 'written' && !checked.value ? 'not-written' : written.value
}
