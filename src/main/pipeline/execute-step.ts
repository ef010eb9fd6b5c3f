import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import { fromErrorData, MillraceError, toErrorData, type ErrorData } from '#shared/errors.ts'
import { systemError } from '../base/system-error.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { removeCheckpoints } from '../store/checkpoints.ts'
import { checkpointFolder, runTemporaryFolder } from '../store/project-layout.ts'
import { formatRunId } from '../store/run-id.ts'
import type { StepJobInput, StepJobOutput } from '../workers/step-job-messages.ts'
import { linkFlag, type LinkedFlag } from './linked-flag.ts'
import type { PlannedStep } from './plan.ts'
import { remainingSeconds } from './remaining-time.ts'
import type { RunState } from './run-state.ts'

/** Runs a step in a worker, as often as the pipeline file allows; hands its sealed drafts to `keep` before their folder is removed. */
export async function executeStep(
  state: RunState,
  step: PlannedStep,
  inputs: Readonly<Record<string, Artifact | undefined>>,
  cacheKey: string,
  onAttempt: (attempt: number) => void,
  keep: (made: StepJobOutput) => Promise<void>,
): Promise<void> {
  // Who forces a step wants all of it computed.
  if (state.isForced(step.id)) await removeCheckpoints(state.project.path, cacheKey)
  for (let attempt = 1; ; attempt++) {
    onAttempt(attempt)
    try {
      await attemptStep(state, step, inputs, cacheKey, keep)
      await removeCheckpoints(state.project.path, cacheKey)
      return
    } catch (error) {
      const data = toErrorData(error)
      if (attempt > step.retry || !data.retryable || state.signal.aborted) throw error
      const line = { at: Date.now(), level: 'warn' as const, message: `Attempt ${attempt} failed and is repeated: ${data.message}` }
      state.project.log.add(state.run, step.id, line)
      state.emit({ type: 'step-log', step: step.id, line })
    }
  }
}

async function attemptStep(
  state: RunState,
  step: PlannedStep,
  inputs: Readonly<Record<string, Artifact | undefined>>,
  cacheKey: string,
  keep: (made: StepJobOutput) => Promise<void>,
): Promise<void> {
  const temporaryFolder = join(state.project.path, runTemporaryFolder(formatRunId(state.run)), step.id)
  await rm(temporaryFolder, { recursive: true, force: true })
  await mkdir(temporaryFolder, { recursive: true })
  const limit = linkFlag(state.signal, step.timeout)
  const startedAt = performance.now()
  try {
    const made = await state.pool.run<StepJobInput, StepJobOutput>(
      workerUrl('../workers/step-job.ts', import.meta.url),
      {
        registry: state.registry.href,
        uses: step.uses,
        step: step.id,
        params: step.params,
        inputs,
        goal: state.plan.goal,
        seed: state.plan.seed,
        backend: step.backend !== undefined && 'choice' in step.backend ? step.backend.choice : undefined,
        memoryBytes: state.memoryBytes,
        threads: state.threads,
        baseFolder: state.baseFolder,
        checkpoints: { folder: join(state.project.path, checkpointFolder(cacheKey)), secondsBetween: state.checkpointSeconds },
        temporaryFolder,
      },
      {
        label: `step ${step.id}`,
        signal: limit.flag,
        onProgress: (fraction, message) => {
          const remaining = remainingSeconds(fraction, (performance.now() - startedAt) / 1000)
          state.emit({ type: 'step-progress', step: step.id, fraction, message, remainingSeconds: remaining })
        },
        onLog: (line) => {
          state.project.log.add(state.run, step.id, line)
          state.emit({ type: 'step-log', step: step.id, line })
        },
        onMeasured: (measurements) => {
          state.emit({ type: 'step-measured', step: step.id, measurements })
        },
      },
    )
    await keep(made)
  } catch (error) {
    throw stepError(error, step, limit)
  } finally {
    limit.dispose()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

/** The error with the step's name in it, and with the time limit as its cause where that ended the step. */
function stepError(error: unknown, step: PlannedStep, limit: LinkedFlag): MillraceError {
  if (limit.timedOut()) {
    return new MillraceError(
      {
        code: 'timeout',
        headline: `Step ${step.id} took longer than its time limit`,
        message: `It was stopped after ${step.timeout ?? 0} seconds, as "timeout" in the pipeline file says.`,
        nextStep: 'Raise "timeout", or give the step less to do.',
        retryable: true,
        details: { step: step.id },
      },
      error,
    )
  }
  const data = toErrorData(systemError(error))
  const named: ErrorData = { ...data, details: { ...data.details, step: step.id } }
  if (data.code === 'internal' && !data.headline.includes(step.id)) {
    return fromErrorData({ ...named, headline: `Step ${step.id} met an error that it did not expect` })
  }
  return fromErrorData(named)
}
