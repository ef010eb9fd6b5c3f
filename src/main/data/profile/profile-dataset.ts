import { stat } from 'node:fs/promises'
import type { ColumnProfile, DatasetProfile } from '#shared/domain/profile.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import { profileColumns } from './profile-columns.ts'
import { dayText } from './read-dates.ts'
import { openRelation } from './relation.ts'

/** What to find out about a dataset. */
export type ProfileOptions = {
  /** `quick`: counts, quantiles, histograms, top values; `full`: all there is. */
  readonly level: 'quick' | 'full'
  /** Milliseconds since 1970-01-01 UTC of the moment at which the profile is made: later dates are in the future. */
  readonly asOf: number
  /** Called between scans with 0 … 1 and what goes on; may throw to stop. */
  readonly progress?: (fraction: number, message: string) => void
}

/** What a dataset version is like. Reads `parquet` out of core under the engine's memory limit; the same file gives the same profile on any number of threads. */
export async function profileDataset(engine: DataEngine, parquet: string, schema: TableSchema, options: ProfileOptions): Promise<DatasetProfile> {
  const progress = options.progress ?? (() => undefined)
  const { size } = await stat(parquet)
  const relation = await openRelation(engine, parquet, schema)
  const columns: ColumnProfile[] = await profileColumns(relation, {
    level: options.level,
    asOf: options.asOf,
    progress: (fraction) => {
      progress(fraction * 0.6, 'Counting values')
    },
  })
  return {
    formatVersion: 1,
    level: options.level,
    rows: relation.rows,
    bytes: size,
    sample: null,
    asOf: dayText(options.asOf),
    target: null,
    columns,
    missing: null,
    associations: null,
    repeatedRows: null,
    overlap: null,
    findings: [],
  }
}
