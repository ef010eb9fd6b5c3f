import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { datasetProfileSchema, type DatasetProfile } from '#shared/domain/profile.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import { cancelled, fromErrorData } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { findDataset } from '../pipeline/find-dataset.ts'
import { runPipeline } from '../pipeline/run-pipeline.ts'
import type { DatasetVersion } from '../store/dataset-repository.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'

/** What to find out about a dataset. */
export type ProfileRequest = {
  /** NAME for the newest version, or NAME@VERSION. */
  readonly dataset: string
  readonly target?: string | undefined
  /** Another dataset, such as the rows held out for testing. */
  readonly compare?: string | undefined
  readonly group?: string | undefined
  readonly time?: string | undefined
  readonly sample?: number | undefined
}

/** A dataset version and what it is like. */
export type ProfiledDataset = {
  readonly dataset: string
  readonly version: number
  readonly hash: string
  readonly run: string
  /** True where the same version had been profiled in the same way before. */
  readonly reused: boolean
  /** The page, in the project's artifacts. */
  readonly page: string
  readonly profile: DatasetProfile
}

type Effects = { readonly signal: AbortFlag; readonly onEvent?: (event: RunEvent) => void }

/** The dataset version that `NAME` or `NAME@VERSION` means; throws `not-found` with the nearest name. */
export function datasetVersion(project: Project, wanted: string): DatasetVersion {
  const match = /^(.+)@(\d+)$/.exec(wanted)
  const whole = project.datasets.get(wanted)
  if (match === null || whole !== undefined) return whole ?? findDataset(project, wanted)
  return findDataset(project, match[1] ?? '', Number(match[2]))
}

/** Profiles a dataset version as a recorded run; the same version asked in the same way is profiled once. */
export async function profileVersion(project: Project, request: ProfileRequest, effects: Effects): Promise<ProfiledDataset> {
  const { name, version, hash } = datasetVersion(project, request.dataset)
  const other = request.compare === undefined ? undefined : datasetVersion(project, request.compare)
  const { target, group, time, sample } = request
  const steps = [
    { id: 'data', uses: 'ingest/dataset', with: { name, version } },
    ...(other === undefined ? [] : [{ id: 'other', uses: 'ingest/test-set', with: { name: other.name, version: other.version }, needs: [] }]),
    { id: 'profile', uses: 'prepare/profile', with: { target, group, time, sample }, needs: other === undefined ? ['data'] : ['data', 'other'] },
  ]
  // JSON is YAML too; paths do not occur in it, so the project's folder stands for the file.
  const pipelineText = JSON.stringify({ name: `profile ${name}`.slice(0, 100), steps })
  const summary = await runPipeline({ project, pipelineFile: join(project.path, 'profile'), pipelineText, ...effects })
  if (summary.error !== undefined) throw fromErrorData(summary.error)
  if (summary.status !== 'succeeded') throw cancelled()
  const output = project.stepRuns.outputs(parseRunId(summary.run), 'profile').find(({ kind }) => kind === 'profile')
  if (output === undefined) throw new Error(`Run ${summary.run} recorded no profile`)
  const { path } = project.artifacts.require('profile', output.hash)
  const profile = datasetProfileSchema.parse(JSON.parse(await readFile(join(path, 'profile.json'), 'utf8')))
  return { dataset: name, version, hash, run: summary.run, reused: summary.steps.at(-1)?.cache.hit === true, page: join(path, 'profile.html'), profile }
}
