import type { Artifact } from '#shared/domain/artifact.ts'
import type { CacheOutcome, StepStatus, StepSummary } from '#shared/domain/run.ts'
import { fromErrorData, MillraceError, toErrorData, type ErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { systemError } from '../base/system-error.ts'
import type { Estimate } from '../stages/step-kind.ts'
import { projectGone } from '../store/project-gone.ts'
import { publishArtifact, whatIsMissing } from '../store/publish-artifact.ts'
import type { RunOutcome } from '../store/run-repository.ts'
import type { OutputRef } from '../store/step-run-repository.ts'
import type { StepJobOutput } from '../workers/step-job-messages.ts'
import { choiceInWords } from './backend/settle-backends.ts'
import { cacheKeyOf, keyPartsOf } from './cache-key.ts'
import { checkResources } from './check-resources.ts'
import { decideCache } from './decide-cache.ts'
import type { EstimateInput } from './estimate-job.ts'
import { executeStep } from './execute-step.ts'
import { hashExternalFiles, type ExternalFiles } from './external-files.ts'
import type { PlannedStep } from './plan.ts'
import { damagedDataset, findDataset } from './find-dataset.ts'
import { recordedOutputs } from './recorded-outputs.ts'
import { registerOutputs } from './register-outputs.ts'
import { remainingSeconds } from './remaining-time.ts'
import type { RunState } from './run-state.ts'

/** How a step of a run ended. */
export type StepResult = {
  readonly summary: StepSummary
  /** By output name; empty unless it succeeded. */
  readonly outputs: Readonly<Record<string, Artifact>>
  readonly outcome: RunOutcome
  readonly error: ErrorData | undefined
}

type Inputs = Readonly<Record<string, Artifact | undefined>>
type Ended = { readonly outputs: Readonly<Record<string, Artifact>>; readonly outcome: RunOutcome }

const undecided: CacheOutcome = { hit: false, reason: 'It ended before its inputs were known.', changed: [], producedBy: undefined }

/** Runs one step or reuses its outputs, and records how it ended; throws only where the record itself cannot be written. */
export async function runStep(state: RunState, step: PlannedStep, inputs: Inputs): Promise<StepResult> {
  const startedAt = performance.now()
  const seconds = (): number => (performance.now() - startedAt) / 1000
  let cache = undecided
  let attempts = 0
  const summaryOf = (status: StepStatus): StepSummary => ({
    id: step.id,
    uses: step.uses,
    status,
    seconds: seconds(),
    cache: { hit: cache.hit, reason: cache.reason },
  })
  const finish = (status: StepStatus, ended: Ended, error: ErrorData | undefined): StepResult => {
    const summary = summaryOf(status)
    state.emit({ type: 'step-finished', summary, error })
    return { summary, ...ended, error }
  }
  const succeed = (): void => {
    state.project.stepRuns.end(state.run, step.id, { status: 'succeeded', seconds: seconds(), attempts, error: undefined })
  }

  state.emit({ type: 'step-started', step: step.id, uses: step.uses, attempt: 1 })
  try {
    state.signal.throwIfAborted()
    requireInputs(step, inputs)
    const { project, pool, signal, baseFolder } = state
    const taken = takeStored(state, step)
    if (taken !== undefined) {
      cache = taken.cache
      return finish('succeeded', taken.ended(succeed), undefined)
    }
    const onProgress = (fraction: number, message: string): void => {
      state.emit({ type: 'step-progress', step: step.id, fraction, message, remainingSeconds: remainingSeconds(fraction, seconds()) })
    }
    const files = await hashExternalFiles(step.externalFiles, { step: step.id, baseFolder, readsFolders: step.kind.readsFolders, project, pool, signal, onProgress })
    const decision = decide(state, step, inputs, files)
    cache = decision.cache
    if (decision.reused !== undefined) return finish('succeeded', reuse(state, step, cache, decision.reused, succeed), undefined)
    recordBackend(state, step)
    const estimate = await estimateStep(state, step, inputs, files.bytes)
    await checkResources(step.id, estimate, state.memoryBytes, project.path)
    let ended: Ended = { outputs: {}, outcome: {} }
    const onAttempt = (attempt: number): void => {
      attempts = attempt
      if (attempt > 1) state.emit({ type: 'step-started', step: step.id, uses: step.uses, attempt })
    }
    await executeStep(state, step, inputs, decision.cacheKey, onAttempt, async (made) => {
      await files.verify()
      ended = await keep(state, step, made, succeed)
    })
    return finish('succeeded', ended, undefined)
  } catch (thrown) {
    const error = whatEndedIt(thrown, state, step)
    const status = error.code === 'cancelled' ? 'cancelled' : 'failed'
    state.project.stepRuns.end(state.run, step.id, { status, seconds: seconds(), attempts, error })
    return finish(status, { outputs: {}, outcome: {} }, status === 'failed' ? error : undefined)
  }
}

/** What a step that did not succeed says; where its project went away, that explains whatever else was thrown. */
function whatEndedIt(thrown: unknown, { project }: RunState, step: PlannedStep): ErrorData {
  const error = toErrorData(systemError(thrown))
  if (error.code === 'cancelled' || project.isInPlace()) return error
  const { data } = projectGone(project.path, thrown)
  return { ...data, details: { ...data.details, step: step.id } }
}

/** Writes into the run's log what a step that trains neural networks computes on; throws where that does not work here. */
function recordBackend({ project, run, emit }: RunState, { id, backend }: PlannedStep): void {
  if (backend === undefined) return
  if ('problem' in backend) throw fromErrorData(backend.problem)
  const line = { at: Date.now(), level: 'info' as const, message: choiceInWords(backend.choice) }
  project.log.add(run, id, line)
  emit({ type: 'step-log', step: id, line })
}

/** Throws where an input is bound to an output that the step before may give, and did not: that is known once it ran. */
function requireInputs(step: PlannedStep, inputs: Inputs): void {
  for (const [name, from] of Object.entries(step.inputs)) {
    if (from === undefined || inputs[name] !== undefined || step.kind.inputs[name]?.optional === true) continue
    throw new MillraceError({
      code: 'invalid-data',
      headline: `Step "${from.step}" gave no "${from.output}"`,
      message: `Step "${step.id}" takes it as "${name}", but nothing in the data of "${from.step}" belongs to it.`,
      nextStep: `Correct the data or the parameters of "${from.step}", or take "${name}" out of "${step.id}".`,
    })
  }
}

/** Asked in the worker that then runs the step: step kinds are not loaded in the host's thread. */
function estimateStep({ pool, registry, signal }: RunState, step: PlannedStep, inputs: Inputs, externalBytes: number): Promise<Estimate> {
  const input: EstimateInput = { registry: registry.href, uses: step.uses, params: step.settled, inputs, externalBytes }
  return pool.run<EstimateInput, Estimate>(workerUrl('./estimate-job.ts', import.meta.url), input, { label: `step ${step.id}`, signal })
}

/** The dataset version of the project that a step hands on, recorded as what it made; undefined where the step runs something. */
function takeStored({ project, plan, run }: RunState, step: PlannedStep): { cache: CacheOutcome; ended(succeed: () => void): Ended } | undefined {
  const wanted = step.kind.stored
  if (wanted === undefined) return undefined
  const version = findDataset(project, wanted.name, wanted.version)
  const artifact = project.artifacts.require('dataset', version.hash)
  const damage = whatIsMissing(artifact)
  if (damage !== undefined) throw damagedDataset(version.name, version.version, damage)
  const reason = `It is version ${String(version.version)} of the dataset "${version.name}" of the project.`
  const cache: CacheOutcome = { hit: version.run !== undefined, reason, changed: [], producedBy: version.run }
  const keyParts = { ...keyPartsOf(plan, step, {}, {}), inputs: { dataset: version.hash } }
  project.stepRuns.start(run, step.id, { params: step.settled, keyParts, cacheKey: cacheKeyOf(keyParts), cache, at: Date.now() })
  const outputs = Object.fromEntries(Object.keys(step.kind.outputs).map((name) => [name, artifact]))
  const ended = (succeed: () => void): Ended => {
    project.transaction(() => {
      if (version.run !== undefined) project.stepRuns.hit(run, step.id, cache)
      for (const name of Object.keys(outputs)) project.stepRuns.addOutput(run, step.id, { name, kind: 'dataset', hash: version.hash })
      succeed()
    })
    return { outputs, outcome: {} }
  }
  return { cache, ended }
}

type Decision = { readonly cacheKey: string; readonly cache: CacheOutcome; readonly reused: Readonly<Record<string, Artifact>> | undefined }

/** Computes the key, looks for outputs to reuse and records the decision. */
function decide({ project, plan, run, isForced }: RunState, step: PlannedStep, inputs: Inputs, files: ExternalFiles): Decision {
  const parts = keyPartsOf(plan, step, inputs, files.hashes)
  const cacheKey = cacheKeyOf(parts)
  const reusable = project.stepRuns.reusable(cacheKey, run)
  const found = reusable === undefined ? undefined : recordedOutputs(project, reusable)
  const cache = decideCache({
    pipeline: plan.name,
    parts,
    cacheKey,
    forced: isForced(step.id),
    allowed: step.cache,
    reusable,
    damage: found?.damage,
    before: project.stepRuns.before(plan.name, step.id, run),
  })
  project.stepRuns.start(run, step.id, { params: step.settled, keyParts: parts, cacheKey, cache, at: Date.now() })
  return { cacheKey, cache, reused: cache.hit ? found?.artifacts : undefined }
}

/** Links this step run to the artifacts of an earlier one, in one transaction. */
function reuse({ project, plan, run }: RunState, step: PlannedStep, cache: CacheOutcome, outputs: Readonly<Record<string, Artifact>>, succeed: () => void): Ended {
  const outcome = project.transaction(() => {
    project.stepRuns.hit(run, step.id, cache)
    for (const [name, { kind, hash }] of Object.entries(outputs)) project.stepRuns.addOutput(run, step.id, { name, kind, hash })
    succeed()
    return registerOutputs({ project, pipeline: plan.name, run, step, at: Date.now() }, Object.values(outputs))
  })
  return { outputs, outcome }
}

/** Moves sealed drafts to their place, then registers them and the step's success in one transaction. */
async function keep({ project, plan, run }: RunState, step: PlannedStep, made: StepJobOutput, succeed: () => void): Promise<Ended> {
  for (const sealed of Object.values(made.outputs)) await publishArtifact(project.path, project.artifacts, sealed)
  return project.durably(() => {
    const at = Date.now()
    const outputs: Record<string, Artifact> = {}
    for (const [name, sealed] of Object.entries(made.outputs)) {
      project.artifacts.add(sealed, at)
      const ref: OutputRef = { name, kind: sealed.kind, hash: sealed.hash }
      project.stepRuns.addOutput(run, step.id, ref)
      const { files: _files, ...artifact } = project.artifacts.require(ref.kind, ref.hash)
      outputs[name] = artifact
    }
    succeed()
    return { outputs, outcome: registerOutputs({ project, pipeline: plan.name, run, step, at }, Object.values(outputs)) }
  })
}
