import type { RunDetail, RunEvent, StepStatus } from '#shared/domain/run.ts'

/** How a step of a run stands. */
export type StepState = {
  readonly status: 'waiting' | 'running' | 'done' | 'reused' | 'failed' | 'skipped' | 'cancelled'
  /** 0 … 1; null while it is not known. */
  readonly fraction: number | null
  /** What is going on, in a few words. */
  readonly message: string
  readonly remainingSeconds: number | null
  /** Undefined while it has not ended. */
  readonly seconds: number | undefined
  /** Why it ran or was reused; empty while that is not known. */
  readonly reason: string
}

const waiting: StepState = { status: 'waiting', fraction: null, message: '', remainingSeconds: null, seconds: undefined, reason: '' }

/** States of a recorded run's steps, by id. */
export function recordedStates(run: RunDetail): ReadonlyMap<string, StepState> {
  return new Map(run.steps.map(({ id, status, seconds, cache }) => [id, { ...waiting, status: statusOf(status, cache.hit), seconds: status === 'pending' || status === 'running' ? undefined : seconds, reason: cache.reason }]))
}

/** States of a run's steps by what was told of it so far. */
export function liveStates(events: readonly RunEvent[]): ReadonlyMap<string, StepState> {
  const states = new Map<string, StepState>()
  for (const event of events) {
    if (event.type === 'run-started') for (const { id } of event.steps) states.set(id, waiting)
    else if (event.type === 'step-started') states.set(event.step, { ...waiting, status: 'running', message: event.attempt > 1 ? `attempt ${String(event.attempt)}` : '' })
    else if (event.type === 'step-progress') states.set(event.step, { ...waiting, status: 'running', fraction: event.fraction, message: event.message, remainingSeconds: event.remainingSeconds ?? null })
    else if (event.type === 'step-finished') states.set(event.summary.id, { ...waiting, status: statusOf(event.summary.status, event.summary.cache.hit), seconds: event.summary.seconds, reason: event.summary.cache.reason })
  }
  return states
}

/** What was recorded of a run, with what was told of it since. */
export function stepStates(run: RunDetail | undefined, events: readonly RunEvent[]): ReadonlyMap<string, StepState> {
  const recorded = run === undefined ? new Map<string, StepState>() : recordedStates(run)
  return new Map([...recorded, ...liveStates(events)])
}

function statusOf(status: StepStatus, hit: boolean): StepState['status'] {
  if (status === 'pending') return 'waiting'
  if (status === 'succeeded') return hit ? 'reused' : 'done'
  if (status === 'interrupted') return 'cancelled'
  return status
}

const words: Readonly<Record<StepState['status'], string>> = {
  waiting: 'waits',
  running: 'is running',
  done: 'done',
  reused: 'reused',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'stopped',
}

/** The state in words. */
export function stateInWords(state: StepState): string {
  return words[state.status]
}
