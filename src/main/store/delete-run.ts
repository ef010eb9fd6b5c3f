import type { RunDeletion } from '#shared/domain/run.ts'
import { collectGarbage } from './garbage.ts'
import type { Project } from './project.ts'
import { formatRunId, parseRunId, runNotFound } from './run-id.ts'
import type { OutputRef } from './step-run-repository.ts'

/**
 * Deletes a run with its log, and what only it made: artifacts, dataset versions and models that no other run has.
 * A model that a deployment serves is kept. Says how many bytes were freed.
 */
export async function deleteRun(project: Project, run: string): Promise<RunDeletion> {
  const number = parseRunId(run)
  const lock = project.lock.acquire()
  try {
    if (project.runs.get(number) === undefined) throw runNotFound(run)
    const removed: string[] = []
    const kept: string[] = []
    project.durably(() => {
      const outputs = project.stepRuns.ofRun(number).flatMap((step) => project.stepRuns.outputs(number, step.step))
      project.runs.remove(number)
      for (const output of outputs) release(project, output, removed, kept)
    })
    const freed = await collectGarbage(project)
    return { run: formatRunId(number), bytesFreed: freed.bytes, artifactsRemoved: freed.artifacts, removed, kept }
  } finally {
    lock.release()
  }
}

/** Takes the name from a dataset or model whose last run is gone. */
function release(project: Project, { kind, hash }: OutputRef, removed: string[], kept: string[]): void {
  if ((kind !== 'dataset' && kind !== 'model') || project.stepRuns.isOutput(kind, hash)) return
  const registry = kind === 'dataset' ? project.datasets : project.models
  const names = registry.ofHash(hash).map(({ name, version }) => `${kind} ${name}@${version}`)
  const slots = kind === 'model' ? project.deployments.ofModel(hash).map((deployment) => deployment.name) : []
  if (slots.length > 0) {
    kept.push(...names.map((name) => `${name}, which deployment ${slots.join(', ')} serves`))
    return
  }
  registry.removeHash(hash)
  removed.push(...names)
}
