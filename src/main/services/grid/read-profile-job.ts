import { readFile } from 'node:fs/promises'
import { profileHeadSchema, type ProfileHead } from '#shared/contract/datasets.ts'
import { datasetProfileSchema, type ColumnProfile, type DatasetProfile } from '#shared/domain/profile.ts'
import type { Job } from '../../workers/job.ts'

/** A stored profile, by the path of its `profile.json`, and the columns that are wanted of it. */
export type ReadProfileInput = { readonly path: string; readonly columns: readonly string[] }

/** What is asked of a stored profile. */
export type ReadProfileOutput = { readonly head: ProfileHead; readonly columns: readonly ColumnProfile[] }

let last: { readonly path: string; readonly profile: DatasetProfile } | undefined

/** Parts of a stored profile: a wide one is megabytes, which only this thread reads whole. The one read last is kept. */
const read: Job<ReadProfileInput, ReadProfileOutput> = async ({ path, columns }) => {
  if (last?.path !== path) last = { path, profile: datasetProfileSchema.parse(JSON.parse(await readFile(path, 'utf8'))) }
  const { profile } = last
  const wanted = new Set(columns)
  return { head: profileHeadSchema.parse(profile), columns: profile.columns.filter(({ name }) => wanted.has(name)) }
}

export default read
