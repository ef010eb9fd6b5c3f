import { relative } from 'node:path'
import { z } from 'zod'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import { readPipelineText } from '../../pipeline/read-pipeline.ts'
import type { Project } from '../../store/project.ts'
import { formatRunId } from '../../store/run-id.ts'
import { slashed } from '../pipeline-place.ts'
import type { PipelineTexts } from '../pipeline-texts.ts'
import { isRunOfFile } from '../run-of-file.ts'

/** The recipe of a pipeline file, and what it does with each column of the data that entered it last. */
export async function describeFeatures(project: Project, file: string, draft: Readonly<Record<string, unknown>> | undefined, texts: PipelineTexts): Promise<MethodOutput<'features.describe'>> {
  const { goal, step } = await texts.ask('recipe', { text: await readPipelineText(file), file })
  const params = draft ?? step?.params ?? {}
  const data = step === null ? undefined : newestInput(project, file, step.id)
  const meta = data?.artifact.meta
  const told = await texts.ask('recipe-columns', { params, goal, data: meta === undefined ? null : { columns: meta.schema.columns, rows: meta.rows } })
  return { step: step?.id ?? null, goal, params, data: data === undefined ? null : { hash: data.artifact.hash, rows: data.artifact.meta.rows, run: data.run }, ...told }
}

const keyPartsSchema = z.looseObject({ inputs: z.looseObject({ data: z.string() }) })

/** The dataset that entered the step in the newest run of that file which came so far. */
function newestInput(project: Project, file: string, step: string): { readonly artifact: Artifact<'dataset'>; readonly run: string } | undefined {
  for (const run of project.runs.list(LOOKED_AT)) {
    if (!isRunOfFile(project.path, run.pipelineFile, slashed(relative(project.path, file)))) continue
    const parts = keyPartsSchema.safeParse(project.stepRuns.get(run.number, step)?.keyParts)
    const artifact = parts.success ? project.artifacts.get('dataset', parts.data.inputs.data) : undefined
    if (artifact !== undefined) return { artifact: artifact as Artifact<'dataset'>, run: formatRunId(run.number) }
  }
  return undefined
}

/** Runs that are looked at for one that came to the recipe. */
const LOOKED_AT = 200
