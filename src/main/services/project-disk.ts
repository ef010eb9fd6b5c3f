import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArtifactKind } from '#shared/domain/artifact.ts'
import { checkpointBytes } from '../store/checkpoints.ts'
import { databaseFile } from '../store/project-layout.ts'
import type { Project } from '../store/project.ts'

const PARTS: Readonly<Record<ArtifactKind, string>> = {
  dataset: 'Datasets and cached tables',
  profile: 'Profiles',
  recipe: 'Recipes',
  model: 'Models',
  report: 'Evaluations',
  deployment: 'Deployments',
}

/** What a project's disk is spent on, the largest part first, in bytes. */
export async function projectDisk(project: Project): Promise<{ readonly bytes: number; readonly parts: { readonly part: string; readonly bytes: number }[] }> {
  const files = await Promise.all(['', '-wal', '-shm'].map(async (ending) => stat(join(project.path, `${databaseFile}${ending}`)).then(({ size }) => size, () => 0)))
  const record = { part: 'Runs and logs', bytes: files.reduce((sum, size) => sum + size, 0) }
  const checkpoints = await checkpointBytes(project.path)
  const interrupted = checkpoints === 0 ? [] : [{ part: 'Checkpoints of interrupted trainings', bytes: checkpoints }]
  const parts = [...project.artifacts.bytesByKind().map(({ kind, bytes }) => ({ part: PARTS[kind], bytes })), ...interrupted, record].toSorted((a, b) => b.bytes - a.bytes)
  return { bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts }
}
