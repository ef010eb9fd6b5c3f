import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactMetaSchemas, type ArtifactKind } from '#shared/domain/artifact.ts'
import { uniqueToken } from '../base/process-identity.ts'
import type { Project } from './project.ts'
import { sweepCheckpoints } from './checkpoints.ts'
import { artifactFolder, artifactsFolder, temporaryFolder } from './project-layout.ts'

/** What was removed from the disk. */
export type Freed = { readonly artifacts: number; readonly bytes: number }

/**
 * Removes artifacts that nothing refers to, folders that no row knows (left by a crash between rename and registration), and checkpoints of steps that no run has.
 * The caller holds the run lock.
 */
export async function collectGarbage(project: Project): Promise<Freed> {
  const unused = project.artifacts.unused()
  project.durably(() => {
    for (const { kind, hash } of unused) project.artifacts.remove(kind, hash)
  })
  // Rows go first: a crash now leaves folders without rows, which the next collection finds below.
  for (const { kind, hash } of unused) await removeFolder(project.path, kind, hash)
  for (const kind of Object.keys(artifactMetaSchemas) as ArtifactKind[]) {
    for (const hash of await readdir(join(project.path, artifactsFolder, kind)).catch(() => [])) {
      if (!project.artifacts.has(kind, hash)) await removeFolder(project.path, kind, hash)
    }
  }
  const checkpoints = await sweepCheckpoints(project.path, Date.now(), (cacheKey) => project.stepRuns.hasKey(cacheKey))
  return { artifacts: unused.length, bytes: unused.reduce((sum, one) => sum + one.bytes, checkpoints) }
}

/** Moved away first, so that the artifact's place never holds a part of it. */
async function removeFolder(projectFolder: string, kind: ArtifactKind, hash: string): Promise<void> {
  const folder = join(projectFolder, artifactFolder(kind, hash))
  if (!existsSync(folder)) return
  await mkdir(join(projectFolder, temporaryFolder), { recursive: true })
  const away = join(projectFolder, temporaryFolder, `removed-${uniqueToken()}`)
  await rename(folder, away)
  await rm(away, { recursive: true, force: true })
}
