import { join } from 'node:path'
import type { Project } from '../store/project.ts'
import { formatRunId } from '../store/run-id.ts'

/** A profile that a run made. */
export type StoredProfile = { readonly run: string; /** Of its `profile.json`. */ readonly path: string }

/** Profiles that are looked through for one of a dataset. */
const LOOKED_AT = 200

/** The newest profile of all rows of the dataset with that hash, for that target if one is named; undefined where none was made. */
export function storedProfile(project: Project, dataset: string, target: string | undefined): StoredProfile | undefined {
  for (const { run, step, keyParts, params } of project.stepRuns.succeeded('prepare/profile', LOOKED_AT)) {
    const inputs = keyParts?.['inputs'] as Readonly<Record<string, string>> | undefined
    const goal = keyParts?.['goal'] as { readonly target?: string } | undefined
    if (inputs?.['data'] !== dataset || params?.['sample'] !== undefined) continue
    if (target !== undefined && (params?.['target'] ?? goal?.target) !== target) continue
    const output = project.stepRuns.outputs(run, step).find(({ kind }) => kind === 'profile')
    const artifact = output === undefined ? undefined : project.artifacts.get('profile', output.hash)
    if (artifact !== undefined) return { run: formatRunId(run), path: join(artifact.path, 'profile.json') }
  }
  return undefined
}
