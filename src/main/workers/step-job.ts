import { join, relative, sep } from 'node:path'
import type { Draft } from '#shared/domain/artifact.ts'
import { cancelled } from '#shared/errors.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { sealDraft, type SealedDraft } from '../store/seal-draft.ts'
import type { JobContext } from './job.ts'
import { createStageContext } from './stage-context.ts'
import type { StepJobInput, StepJobOutput } from './step-job-messages.ts'

/** Runs one step in this worker and seals what it returns; closes all that it opened. */
export default async function runStep(input: StepJobInput, job: JobContext): Promise<StepJobOutput> {
  const { stepKinds } = (await import(input.registry)) as { stepKinds: readonly StepKind[] }
  const kind = stepKinds.find((candidate) => candidate.id === input.uses)
  if (kind === undefined) throw new Error(`No step kind "${input.uses}" in ${input.registry}`)
  const context = createStageContext(input, job)
  // A statement of DuckDB or a wait for threads polls no flag by itself.
  const watch = setInterval(() => {
    if (job.signal.aborted) context.interrupt()
  }, 50)
  try {
    const drafts = await kind.run({ params: kind.params.parse(input.params), inputs: input.inputs as never }, context.stage)
    job.signal.throwIfAborted()
    return { outputs: await sealAll(kind, drafts, input.temporaryFolder, job) }
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await context.close()
  }
}

async function sealAll(
  kind: StepKind,
  drafts: Readonly<Record<string, Draft>>,
  folder: string,
  job: JobContext,
): Promise<Record<string, SealedDraft>> {
  const sealed: Record<string, SealedDraft> = {}
  const optional = Object.entries(kind.optionalOutputs ?? {}).map(([name, { kind: made }]) => [name, made] as const)
  for (const [name, expected] of [...optional, ...Object.entries(kind.outputs)]) {
    const draft = drafts[name]
    if (draft === undefined && kind.outputs[name] === undefined) continue
    if (draft === undefined) throw new Error(`Step kind ${kind.id} returned no output "${name}"`)
    if (draft.kind !== expected) throw new Error(`Step kind ${kind.id} returned a ${draft.kind} as "${name}" instead of a ${expected}`)
    const inside = relative(join(folder, 'outputs'), draft.path)
    if (inside === '' || inside.startsWith('..') || inside.includes(sep)) {
      throw new Error(`Step kind ${kind.id} returned "${name}" from outside of its output folders: ${draft.path}`)
    }
    sealed[name] = await sealDraft(draft, () => {
      job.signal.throwIfAborted()
    })
  }
  return sealed
}
