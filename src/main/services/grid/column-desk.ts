import { join } from 'node:path'
import type { ProfileHead } from '#shared/contract/datasets.ts'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../../base/abort.ts'
import { memoryBudget } from '../../base/memory-budget.ts'
import { requireColumn } from '../../data/view-sql.ts'
import { createWorkerPool, type WorkerPool } from '../../workers/pool.ts'
import type { ColumnProfilesInput } from './column-profiles-job.ts'
import type { KnownDataset } from './known-datasets.ts'
import type { ReadProfileInput, ReadProfileOutput } from './read-profile-job.ts'

/** Says what columns are like, and remembers it. */
export type ColumnDesk = {
  /** Profiles of some columns, in that order: of the stored profile where there is one, else quick ones. */
  profiles(dataset: KnownDataset, columns: readonly string[], stored: string | undefined): Promise<readonly ColumnProfile[]>
  /** What a stored profile, by the path of its `profile.json`, says as a whole. */
  head(stored: string): Promise<ProfileHead>
  close(): Promise<void>
}

/** Profiles that are remembered. */
const KEPT = 5000
/** Most memory for sorting and grouping columns. */
const MEMORY = 2 ** 30

/** A desk whose thread starts with the first question; the same column is looked at once. `now`: the moment after which dates are in the future. */
export function createColumnDesk(now: () => number): ColumnDesk {
  const known = new Map<string, Promise<ColumnProfile>>()
  let closing = createAbortFlag()
  let pool: WorkerPool | undefined

  const read = async (path: string, columns: readonly string[]): Promise<ReadProfileOutput> => {
    pool ??= createWorkerPool({ size: 1 })
    return pool.run<ReadProfileInput, ReadProfileOutput>(workerUrl('./read-profile-job.ts', import.meta.url), { path, columns }, { label: 'the profile', signal: closing })
  }
  const look = async ({ artifact }: KnownDataset, names: readonly string[]): Promise<readonly ColumnProfile[]> => {
    pool ??= createWorkerPool({ size: 1 })
    const input: ColumnProfilesInput = {
      parquet: join(artifact.path, 'data.parquet'),
      schema: { columns: names.map((name) => requireColumn(artifact.meta.schema, name)) },
      asOf: now(),
      memoryBytes: Math.min(MEMORY, memoryBudget() / 4),
      threads: 2,
    }
    return pool.run<ColumnProfilesInput, readonly ColumnProfile[]>(workerUrl('./column-profiles-job.ts', import.meta.url), input, { label: 'the columns', signal: closing })
  }
  return {
    head: async (stored) => (await read(stored, [])).head,
    async profiles(dataset, columns, stored) {
      for (const name of columns) requireColumn(dataset.artifact.meta.schema, name)
      if (stored !== undefined) {
        const byName = new Map((await read(stored, columns)).columns.map((profile) => [profile.name, profile]))
        if (columns.every((name) => byName.has(name))) return columns.map((name) => byName.get(name) as ColumnProfile)
      }
      const keyOf = (name: string): string => `${dataset.hash}\n${name}`
      const missing = [...new Set(columns)].filter((name) => !known.has(keyOf(name)))
      if (missing.length > 0) {
        const looked = look(dataset, missing)
        for (const [index, name] of missing.entries()) {
          const profile = looked.then((found) => found[index] as ColumnProfile)
          known.set(keyOf(name), profile)
          profile.catch(() => known.delete(keyOf(name)))
        }
      }
      const found = await Promise.all(columns.map(async (name) => known.get(keyOf(name)) as Promise<ColumnProfile>))
      for (const oldest of known.keys()) {
        if (known.size <= KEPT) break
        known.delete(oldest)
      }
      return found
    },
    async close() {
      closing.abort()
      closing = createAbortFlag()
      const open = pool
      pool = undefined
      await open?.close()
    },
  }
}
