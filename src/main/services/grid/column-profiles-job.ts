import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import { cancelled } from '#shared/errors.ts'
import { openDataEngine } from '../../data/open-engine.ts'
import { profileDataset } from '../../data/profile/profile-dataset.ts'
import type { Job } from '../../workers/job.ts'

/** Columns of a dataset to look at; `asOf` in milliseconds since 1970-01-01 UTC. */
export type ColumnProfilesInput = { readonly parquet: string; readonly schema: TableSchema; readonly asOf: number; readonly memoryBytes: number; readonly threads: number }

/** A quick profile of the columns of `schema`, which may be some of the dataset's. */
const profile: Job<ColumnProfilesInput, readonly ColumnProfile[]> = async ({ parquet, schema, asOf, memoryBytes, threads }, job) => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-columns-'))
  const engine = await openDataEngine({ memoryBytes, threads, temporaryFolder: join(folder, 'spill') })
  const watch = setInterval(() => {
    if (job.signal.aborted) engine.interrupt()
  }, 50)
  try {
    const progress = (): void => {
      job.signal.throwIfAborted()
    }
    return (await profileDataset(engine, parquet, schema, { level: 'quick', asOf, scratchFolder: folder, progress })).columns
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export default profile
