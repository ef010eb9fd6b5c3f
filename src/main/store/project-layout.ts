import { join } from 'node:path'
import type { ArtifactKind } from '#shared/domain/artifact.ts'

/** SQLite database of a project, inside its folder. */
export const databaseFile = 'project.db'

/** What holds for all pipelines of a project, inside its folder; absent where nothing was chosen. */
export const settingsFile = 'settings.json'

/** Folder of all artifacts, inside the project's. */
export const artifactsFolder = 'artifacts'

/** Folder for work in progress; on the same disk as the artifacts, so that finished work is moved by a rename. */
export const temporaryFolder = join(artifactsFolder, 'tmp')

/** Folder of an artifact, inside the project's. */
export function artifactFolder(kind: ArtifactKind, hash: string): string {
  return join(artifactsFolder, kind, hash)
}

/** Folder of what interrupted steps go on from, inside the project's; a step's own bears its cache key. */
export const checkpointsFolder = 'checkpoints'

/** Folder of the checkpoints of a step with this cache key, inside the project's. */
export function checkpointFolder(cacheKey: string): string {
  return join(checkpointsFolder, cacheKey)
}

/** Folder of a run's work in progress, inside the project's. */
export function runTemporaryFolder(run: string): string {
  return join(temporaryFolder, run)
}
