import { rm, rmdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { RunEvent, RunStatus, RunSummary, StepSummary } from '#shared/domain/run.ts'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../base/abort.ts'
import { checkpointSeconds } from '../base/checkpoint-seconds.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { artifactsFolder, runTemporaryFolder, temporaryFolder } from '../store/project-layout.ts'
import { heartbeatMilliseconds, type HeldLock } from '../store/run-lock.ts'
import { formatRunId } from '../store/run-id.ts'
import type { RunOutcome } from '../store/run-repository.ts'
import type { Project } from '../store/project.ts'
import { readProjectSettings } from '../store/project-settings.ts'
import { createWorkerPool, type WorkerPool } from '../workers/pool.ts'
import { forgetOwnDriverUses } from '../compute/backends/driver-use.ts'
import { settleBackends } from './backend/settle-backends.ts'
import { linkFlag } from './linked-flag.ts'
import { unknownStep } from './overrides.ts'
import type { Plan } from './plan.ts'
import type { PlanInput } from './plan-job.ts'
import { readPipelineText } from './read-pipeline.ts'
import type { RunOptions } from './run-options.ts'
import type { RunState } from './run-state.ts'
import { runStep, type StepResult } from './run-step.ts'
import { builtInRegistry } from './step-kinds.ts'

/**
 * Runs a pipeline file in a project. Throws where it cannot start (bad file, another run going on); once started,
 * a step that fails or a cancellation is part of the summary. Finished steps are kept either way and reused next time.
 */
export async function runPipeline(options: RunOptions): Promise<RunSummary> {
  const startedAt = performance.now()
  const memoryBytes = memoryBudget()
  const secondsBetween = checkpointSeconds()
  const pool = createWorkerPool({ size: 1, heapMegabytes: Math.floor(memoryBytes / 2 ** 20) })
  try {
    return await runPlan(options, { plan: await settleBackends(await preparePlan(options, pool), (await readProjectSettings(options.project.path)).backend), pool, memoryBytes, checkpointSeconds: secondsBetween, startedAt })
  } finally {
    await pool.close()
  }
}

type Prepared = { readonly plan: Plan; readonly pool: WorkerPool; readonly memoryBytes: number; readonly checkpointSeconds: number; readonly startedAt: number }

async function runPlan(options: RunOptions, { plan, pool, startedAt, ...limits }: Prepared): Promise<RunSummary> {
  const { project } = options
  const { lock, run } = beginRun(project, plan, options.pipelineFile)
  const stop = linkFlag(options.signal ?? createAbortFlag())
  let lost: ErrorData | undefined
  const heart = setInterval(() => {
    try {
      lock.beat()
    } catch (error) {
      lost = toErrorData(error)
      stop.flag.abort()
    }
  }, heartbeatMilliseconds)
  const emit = (event: RunEvent): void => options.onEvent?.(event)
  try {
    const state: RunState = {
      project,
      plan,
      run,
      pool,
      signal: stop.flag,
      ...limits,
      threads: options.threads ?? availableParallelism(),
      baseFolder: dirname(resolve(options.pipelineFile)),
      registry: options.registry ?? builtInRegistry,
      isForced: (step) => options.force === 'all' || options.force?.includes(step) === true,
      emit,
    }
    emit({ type: 'run-started', run: formatRunId(run), pipeline: plan.name, steps: plan.steps.map(({ id, uses }) => ({ id, uses })) })
    const results = await runSteps(state)
    const summary = summarise(state, results, (performance.now() - startedAt) / 1000, lost)
    finishRun(project, run, summary)
    emit({ type: 'run-finished', summary })
    return summary
  } finally {
    clearInterval(heart)
    stop.dispose()
    // A step that was given up may still write: its thread ends before the lock goes to another run.
    await pool.close()
    forgetOwnDriverUses()
    await rm(join(project.path, runTemporaryFolder(formatRunId(run))), { recursive: true, force: true })
    if (!project.isInPlace()) await clearPlace(project.path)
    lock.release()
  }
}

/** Removes the empty folders that a run made where its project no longer lies: they would be in the way when it is moved back. */
async function clearPlace(projectFolder: string): Promise<void> {
  try {
    for (const folder of [join(projectFolder, temporaryFolder), join(projectFolder, artifactsFolder), projectFolder]) await rmdir(folder)
  } catch {
    // There is none, or it holds something of somebody else.
  }
}

/** Plans in the worker: step kinds are hundreds of files, which the host's thread has no time to load. A wish to stop is recorded with the run. */
async function preparePlan(options: RunOptions, pool: WorkerPool): Promise<Plan> {
  const text = options.pipelineText ?? (await readPipelineText(options.pipelineFile))
  const input: PlanInput = { registry: (options.registry ?? builtInRegistry).href, text, file: options.pipelineFile, overrides: options.overrides ?? [] }
  const plan = await pool.run<PlanInput, Plan>(workerUrl('./plan-job.ts', import.meta.url), input, { label: 'the plan', signal: createAbortFlag() })
  const ids = plan.steps.map((step) => step.id)
  for (const id of options.force === undefined || options.force === 'all' ? [] : options.force) {
    if (!ids.includes(id)) throw unknownStep(id, ids, `--force ${id}`)
  }
  return plan
}

/** Takes the lock and records the run in one transaction, so that no other process sees one without the other. */
function beginRun(project: Project, plan: Plan, pipelineFile: string): { lock: HeldLock; run: number } {
  return project.transaction(() => {
    const lock = project.lock.acquire()
    const run = project.runs.start({ pipeline: plan.name, pipelineFile: resolve(pipelineFile), seed: plan.seed, at: Date.now() })
    lock.assign(run)
    for (const [position, step] of plan.steps.entries()) project.stepRuns.add(run, step.id, position, step.uses)
    return { lock, run }
  })
}

/** One step after the other; after one that did not succeed the rest is skipped. */
async function runSteps(state: RunState): Promise<readonly StepResult[]> {
  const outputs = new Map<string, Readonly<Record<string, Artifact>>>()
  const results: StepResult[] = []
  for (const step of state.plan.steps) {
    if (results.some((result) => result.summary.status !== 'succeeded')) {
      results.push(skip(state, step.id, step.uses))
      continue
    }
    const inputs = Object.fromEntries(
      Object.entries(step.inputs).map(([name, from]) => [name, from === undefined ? undefined : outputs.get(from.step)?.[from.output]]),
    )
    const result = await runStep(state, step, inputs)
    outputs.set(step.id, result.outputs)
    results.push(result)
  }
  return results
}

function skip(state: RunState, id: string, uses: string): StepResult {
  const reason = 'A step before it did not succeed.'
  state.project.stepRuns.end(state.run, id, { status: 'skipped', seconds: 0, attempts: 0, error: undefined })
  const summary: StepSummary = { id, uses, status: 'skipped', seconds: 0, cache: { hit: false, reason } }
  state.emit({ type: 'step-finished', summary, error: undefined })
  return { summary, outputs: {}, outcome: {}, error: undefined }
}

function summarise(state: RunState, results: readonly StepResult[], seconds: number, lost: ErrorData | undefined): RunSummary {
  const error = lost ?? results.find((result) => result.error !== undefined)?.error
  const succeeded = results.every((result) => result.summary.status === 'succeeded')
  const status: RunStatus = error !== undefined ? 'failed' : succeeded ? 'succeeded' : 'cancelled'
  const outcome = results.reduce<RunOutcome>((all, result) => ({ ...all, ...result.outcome }), {})
  return {
    run: formatRunId(state.run),
    pipeline: state.plan.name,
    status,
    seconds,
    steps: results.map((result) => result.summary),
    metrics: outcome.metrics,
    baseline: outcome.baseline,
    model: outcome.model,
    deployment: outcome.deployment,
    error,
  }
}

function finishRun(project: Project, run: number, { status, metrics, baseline, model, deployment, error }: RunSummary): void {
  const outcome: RunOutcome = { metrics, baseline, model, deployment }
  project.transaction(() => {
    project.runs.finish(run, { status, at: Date.now(), outcome, error })
  })
}
