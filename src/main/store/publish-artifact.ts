import { existsSync, statSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { syncDirectory } from '../base/atomic-file.ts'
import { uniqueToken } from '../base/process-identity.ts'
import type { ArtifactRecord, ArtifactRepository } from './artifact-repository.ts'
import { artifactFolder, temporaryFolder } from './project-layout.ts'
import type { SealedDraft } from './seal-draft.ts'

/**
 * Moves a sealed draft to its place. It is not registered yet: the caller does that in the transaction which
 * also records the step's success. A crash in between leaves a folder without a row, which `collectGarbage` removes.
 * An identical artifact that is whole is reused and the draft removed.
 */
export async function publishArtifact(projectFolder: string, artifacts: ArtifactRepository, sealed: SealedDraft): Promise<void> {
  const target = join(projectFolder, artifactFolder(sealed.kind, sealed.hash))
  const existing = artifacts.get(sealed.kind, sealed.hash)
  if (existing !== undefined && whatIsMissing(existing) === undefined) {
    await rm(sealed.path, { recursive: true, force: true })
    return
  }
  await mkdir(dirname(target), { recursive: true })
  // Left by a crash before its registration, or damaged: what was just written is known to be whole.
  if (existsSync(target)) await rename(target, join(projectFolder, temporaryFolder, `replaced-${uniqueToken()}`))
  await rename(sealed.path, target)
  await syncDirectory(dirname(target))
}

/** Says which file of an artifact is missing or has another size; undefined where all are there. A few stat calls. */
export function whatIsMissing(artifact: ArtifactRecord): string | undefined {
  for (const file of artifact.files) {
    const path = join(artifact.path, file.name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return `${path} is missing`
    if (found.size !== file.bytes) return `${path} has ${found.size} bytes instead of ${file.bytes}`
  }
  return undefined
}
