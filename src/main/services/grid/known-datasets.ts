import type { Artifact } from '#shared/domain/artifact.ts'
import { findDataset } from '../../pipeline/find-dataset.ts'
import type { Project } from '../../store/project.ts'

/** A dataset version with what its record says. */
export type KnownDataset = { readonly name: string; readonly version: number; readonly hash: string; readonly artifact: Artifact<'dataset'> }

/** Records that are kept: a wide schema takes milliseconds to read, and is asked for with every page. */
const KEPT = 16

const kept = new Map<string, Artifact<'dataset'>>()

/** The dataset version, the newest if none is named; throws `not-found`. Records never change, so that those read last are kept. */
export function knownDataset(project: Project, dataset: string, version: number | undefined): KnownDataset {
  const found = findDataset(project, dataset, version)
  const key = `${project.path}\n${found.hash}`
  const artifact = kept.get(key) ?? (project.artifacts.require('dataset', found.hash) as Artifact<'dataset'>)
  kept.delete(key)
  kept.set(key, artifact)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return { name: found.name, version: found.version, hash: found.hash, artifact }
}
