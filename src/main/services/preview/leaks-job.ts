import { join } from 'node:path'
import type { ProfileFinding } from '#shared/domain/profile.ts'
import { previewFile, PREVIEW_FILE } from '../../data/preview-file.ts'
import { profileDataset } from '../../data/profile/profile-dataset.ts'
import type { Job } from '../../workers/job.ts'
import { withScratch, type LookRequest } from './with-scratch.ts'

/** Which column is to be predicted, and the moment after which dates are in the future. */
export type LeaksJobInput = LookRequest & { readonly target: string; readonly asOf: number }

/** Columns of the rows that a preview reads which give the target away. */
export type LeaksFound = { readonly rows: number; readonly findings: readonly ProfileFinding[] }

/** Rows that are compared: enough for a column that gives the target away. */
const COMPARED = 10_000

/** Looks for columns that give the target away, by the beginning of a file. */
const findLeaks: Job<LeaksJobInput, LeaksFound> = (input, job) =>
  withScratch(input, job, async ({ engine, request, folder }) => {
    const file = await folder('file')
    const { schema } = await previewFile(engine, request, file)
    const { rows, findings } = await profileDataset(engine, join(file, PREVIEW_FILE), schema, {
      level: 'full',
      asOf: input.asOf,
      scratchFolder: await folder('drawn'),
      target: input.target,
      sample: COMPARED,
      progress: () => {
        job.signal.throwIfAborted()
      },
    })
    return { rows, findings: findings.filter(({ kind }) => kind === 'target-leak') }
  })

export default findLeaks
