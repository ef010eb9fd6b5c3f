import type { RunDeletion, RunsDeletion } from '#shared/domain/run.ts'
import { collectGarbage } from './garbage.ts'
import type { Project } from './project.ts'
import { formatRunId, parseRunId, runNotFound } from './run-id.ts'
import type { OutputRef } from './step-run-repository.ts'

type Released = { readonly removed: readonly string[]; readonly kept: readonly string[] }

/**
 * Deletes a run with its log, and what only it made: artifacts, dataset versions and models that no other run has.
 * A model that a deployment serves is kept. Says how many bytes were freed.
 */
export async function deleteRun(project: Project, run: string): Promise<RunDeletion> {
  const { runs: _runs, ...deletion } = await deleteRuns(project, [run])
  return { run: formatRunId(parseRunId(run)), ...deletion }
}

/** Deletes runs as `deleteRun` does, all of them or none. */
export async function deleteRuns(project: Project, runs: readonly string[]): Promise<RunsDeletion> {
  const lock = project.lock.acquire()
  try {
    const { removed, kept } = project.durably(() => removeRuns(project, runs))
    const freed = await collectGarbage(project)
    return { runs: runs.map((run) => formatRunId(parseRunId(run))), bytesFreed: freed.bytes, artifactsRemoved: freed.artifacts, removed, kept }
  } finally {
    lock.release()
  }
}

/** Says what `deleteRuns` would do, and changes nothing: the deletion is tried and taken back. What is unused already counts as freed. */
export function previewDeletion(project: Project, runs: readonly string[]): RunsDeletion {
  const { removed, kept, unused } = project.tryOut(() => ({ ...removeRuns(project, runs), unused: project.artifacts.unused() }))
  const bytesFreed = unused.reduce((sum, { bytes }) => sum + bytes, 0)
  return { runs: runs.map((run) => formatRunId(parseRunId(run))), bytesFreed, artifactsRemoved: unused.length, removed, kept }
}

function removeRuns(project: Project, runs: readonly string[]): Released {
  const numbers = runs.map((run) => {
    const number = parseRunId(run)
    if (project.runs.get(number) === undefined) throw runNotFound(run)
    return number
  })
  const outputs = numbers.flatMap((number) => project.stepRuns.ofRun(number).flatMap((step) => project.stepRuns.outputs(number, step.step)))
  for (const number of numbers) project.runs.remove(number)
  const distinct = new Map(outputs.map((output) => [`${output.kind} ${output.hash}`, output]))
  const released = [...distinct.values()].map((output) => release(project, output))
  return { removed: released.flatMap((one) => one.removed), kept: released.flatMap((one) => one.kept) }
}

/** Takes the name from a dataset or model whose last run is gone. */
function release(project: Project, { kind, hash }: OutputRef): Released {
  if ((kind !== 'dataset' && kind !== 'model') || project.stepRuns.isOutput(kind, hash)) return { removed: [], kept: [] }
  const registry = kind === 'dataset' ? project.datasets : project.models
  const names = registry.ofHash(hash).map(({ name, version }) => `${kind} ${name}@${version}`)
  const slots = kind === 'model' ? project.deployments.ofModel(hash).map((deployment) => deployment.name) : []
  if (slots.length > 0) return { removed: [], kept: names.map((name) => `${name}, which deployment ${slots.join(', ')} serves`) }
  registry.removeHash(hash)
  return { removed: names, kept: [] }
}
