import { existsSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { z } from 'zod'
import { readingOptionsSchema, type ReadingOptions } from '#shared/domain/reading-options.ts'
import { columnRoleSchema, type ColumnRole } from '#shared/domain/schema.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'
import { slashed } from './pipeline-place.ts'

/** How a dataset version was read from its file. */
export type IngestRecord = {
  /** Absolute paths. */
  readonly paths: readonly string[]
  readonly reading: ReadingOptions
  readonly types: Readonly<Record<string, string>>
  readonly roles: Readonly<Record<string, ColumnRole>>
  readonly missing: Readonly<Record<string, readonly string[]>>
  readonly sample: number | undefined
  readonly sampleSeed: number | undefined
  /** The pipeline file that reads it, from the project's folder, and the step; undefined where it was imported by itself. */
  readonly pipeline: { readonly file: string; readonly step: string } | undefined
}

const paramsSchema = z.looseObject({
  path: z.union([z.string(), z.array(z.string())]),
  types: z.record(z.string(), z.string()).default({}),
  roles: z.record(z.string(), columnRoleSchema).default({}),
  missing: z.record(z.string(), z.array(z.string())).default({}),
  sample: z.number().optional(),
  sampleSeed: z.number().optional(),
})

/** How the version with that hash was read by that run; undefined where the run is gone, or made it in another way. */
export function ingestRecord(project: Project, run: string | undefined, hash: string): IngestRecord | undefined {
  if (run === undefined) return undefined
  const number = parseRunId(run)
  const record = project.runs.get(number)
  const step = project.stepRuns.ofRun(number).find(({ step: id, uses }) => uses === 'ingest/file' && project.stepRuns.outputs(number, id).some((output) => output.hash === hash))
  if (record === undefined || step === undefined) return undefined
  const { path, types, roles, missing, sample, sampleSeed, ...others } = paramsSchema.parse(step.params)
  const folder = dirname(record.pipelineFile)
  const inProject = relative(project.path, record.pipelineFile)
  const isPipeline = /\.ya?ml$/i.test(inProject) && !inProject.startsWith('..') && !isAbsolute(inProject) && existsSync(record.pipelineFile)
  return {
    paths: (typeof path === 'string' ? [path] : path).map((one) => resolve(folder, one)),
    reading: readingOptionsSchema.strip().parse(others),
    ...{ types, roles, missing, sample, sampleSeed },
    pipeline: isPipeline ? { file: slashed(inProject), step: step.step } : undefined,
  }
}
