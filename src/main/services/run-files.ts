import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { choiceFileSchema, type ChoiceFile } from '#shared/domain/choice.ts'
import { curvesFileSchema, type CurvesFile } from '#shared/domain/curves.ts'
import type { Project } from '../store/project.ts'
import { parseRunId, runNotFound } from '../store/run-id.ts'
import type { RunRecord } from '../store/run-repository.ts'

/** The record of a run; throws `not-found`. */
export function requireRun(project: Project, run: string): RunRecord {
  const record = project.runs.get(parseRunId(run))
  if (record === undefined) throw runNotFound(run)
  return record
}

async function readModelFile(project: Project, hash: string, name: string): Promise<unknown> {
  const folder = project.artifacts.get('model', hash)?.path
  if (folder === undefined) return undefined
  try {
    return JSON.parse(await readFile(join(folder, name), 'utf8'))
  } catch (error) {
    // A model of an earlier version has no such file.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Why the model of a run is what it is; undefined where the run made none. */
export async function choiceOf(project: Project, run: RunRecord): Promise<ChoiceFile | undefined> {
  const hash = run.outcome.model?.hash
  const file = hash === undefined ? undefined : await readModelFile(project, hash, 'choice.json')
  return file === undefined ? undefined : choiceFileSchema.parse(file)
}

/** What was measured while the model of a run was fitted; undefined where the run made none, or nothing was kept. */
export async function curvesOf(project: Project, run: RunRecord): Promise<CurvesFile | undefined> {
  const hash = run.outcome.model?.hash
  const file = hash === undefined ? undefined : await readModelFile(project, hash, 'curves.json')
  return file === undefined ? undefined : curvesFileSchema.parse(file)
}
