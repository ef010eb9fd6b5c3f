import type { Job, JobKind } from '#shared/domain/job.ts'
import type { Measurement } from '#shared/domain/measurement.ts'
import type { RunEvent, RunLogLine } from '#shared/domain/run.ts'
import { MillraceError, toErrorData } from '#shared/errors.ts'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import type { Clock } from '../../base/clock.ts'
import type { EventBus } from './event-bus.ts'

/** How a job's work tells how far it is, and learns that it shall stop. */
export type JobHandle = {
  readonly id: string
  readonly signal: AbortFlag
  /** `fraction` 0 … 1, or null where it is not known. */
  progress(fraction: number | null, message: string): void
  /** Passes on an event of a run that belongs to the job; keeps its progress, step and log. */
  runEvent(event: RunEvent): void
}

/** Work to queue. */
export type JobRequest = {
  readonly kind: JobKind
  readonly project: string | null
  readonly title: string
  readonly pipelineFile?: string
  /** What it resolves to is the job's result: plain data. */
  work(handle: JobHandle): Promise<unknown>
}

/** One line that a job said. */
export type JobLogLine = RunLogLine & { readonly step: string | null }

/** Work that takes longer than an answer may, one piece after the other: each may use the whole memory and all threads. */
export type JobQueue = {
  /** Queues work and returns the job's id at once. */
  start(request: JobRequest): string
  list(): readonly Job[]
  /** Throws `not-found`. */
  get(id: string): Job
  log(id: string): readonly JobLogLine[]
  /** What the steps of a run measured since it was started here, in order; empty for a run that was not. */
  measured(project: string, run: string): readonly Measurement[]
  cancel(id: string): void
  /** Queues the same work as a new job and returns its id. */
  retry(id: string): string
  /** Forgets what has ended. */
  clear(): void
  /** Cancels all and waits until nothing runs any more. */
  close(): Promise<void>
}

const KEPT_JOBS = 500
const KEPT_LINES = 5000
/** Of a run; a boosting of 600 rounds over five folds has 3,000. */
const KEPT_MEASUREMENTS = 50_000

type Entry = { job: Job; readonly request: JobRequest; readonly signal: AbortFlag; readonly lines: JobLogLine[]; readonly measured: Measurement[] }

/** An empty queue that tells `events` of every change. */
export function createJobQueue(events: EventBus, clock: Clock): JobQueue {
  const entries = new Map<string, Entry>()
  const waiting: Entry[] = []
  let number = 0
  let active: Promise<void> | undefined

  const update = (entry: Entry, change: Partial<Job>): void => {
    entry.job = { ...entry.job, ...change }
    events.emit({ topic: 'job', job: entry.job })
  }
  const perform = async (entry: Entry): Promise<void> => {
    update(entry, { state: 'running', startedAt: clock.now() })
    try {
      const result = await entry.request.work(handleOf(entry, events, update))
      update(entry, { state: 'succeeded', finishedAt: clock.now(), fraction: 1, remainingSeconds: null, step: null, result })
    } catch (thrown) {
      const error = toErrorData(thrown)
      update(entry, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', finishedAt: clock.now(), remainingSeconds: null, step: null, error })
    }
  }
  const next = (): void => {
    if (active !== undefined) return
    const entry = waiting.shift()
    if (entry === undefined) return
    active = perform(entry).finally(() => {
      active = undefined
      next()
    })
  }
  const find = (id: string): Entry => {
    const entry = entries.get(id)
    if (entry !== undefined) return entry
    throw new MillraceError({ code: 'not-found', headline: 'This work is not known any more', nextStep: 'Look at the list of activity.', details: { value: id } })
  }
  const start = (request: JobRequest): string => {
    number += 1
    const entry: Entry = { job: newJob(`j${String(number)}`, request, clock.now()), request, signal: createAbortFlag(), lines: [], measured: [] }
    entries.set(entry.job.id, entry)
    forgetOldest(entries)
    waiting.push(entry)
    events.emit({ topic: 'job', job: entry.job })
    next()
    return entry.job.id
  }
  const cancel = (id: string): void => {
    const entry = find(id)
    entry.signal.abort()
    const at = waiting.indexOf(entry)
    if (at < 0) return
    waiting.splice(at, 1)
    update(entry, { state: 'cancelled', finishedAt: clock.now() })
  }
  return {
    start,
    list: () => [...entries.values()].map(({ job }) => job).toReversed(),
    get: (id) => find(id).job,
    log: (id) => find(id).lines,
    measured: (project, run) => [...entries.values()].findLast(({ job }) => job.project === project && job.run === run)?.measured ?? [],
    cancel,
    retry: (id) => start(find(id).request),
    clear() {
      for (const [id, { job }] of entries) if (hasEnded(job)) entries.delete(id)
    },
    async close() {
      for (const { job } of entries.values()) if (!hasEnded(job)) cancel(job.id)
      await active
    },
  }
}

function newJob(id: string, { kind, project, title, pipelineFile }: JobRequest, at: number): Job {
  return {
    id, kind, project, title, state: 'queued', queuedAt: at, startedAt: null, finishedAt: null, fraction: null, message: '',
    remainingSeconds: null, run: null, pipelineFile: pipelineFile ?? null, step: null, error: null, result: null,
  }
}

function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running'
}

function forgetOldest(entries: Map<string, Entry>): void {
  if (entries.size <= KEPT_JOBS) return
  for (const [id, { job }] of entries) {
    if (!hasEnded(job)) continue
    entries.delete(id)
    return
  }
}

function handleOf(entry: Entry, events: EventBus, update: (entry: Entry, change: Partial<Job>) => void): JobHandle {
  let steps: readonly string[] = []
  const say = (line: RunLogLine, step: string | null): void => {
    entry.lines.push({ ...line, step })
    if (entry.lines.length > KEPT_LINES) entry.lines.shift()
  }
  return {
    id: entry.job.id,
    signal: entry.signal,
    progress: (fraction, message) => {
      update(entry, { fraction, message })
    },
    runEvent(event) {
      if (entry.job.project !== null) events.emit({ topic: 'run', project: entry.job.project, job: entry.job.id, event })
      if (event.type === 'run-started') {
        steps = event.steps.map(({ id }) => id)
        update(entry, { run: event.run, fraction: 0 })
      } else if (event.type === 'step-started') {
        update(entry, { step: event.step, fraction: steps.indexOf(event.step) / steps.length, message: '', remainingSeconds: null })
      } else if (event.type === 'step-progress') {
        const done = (steps.indexOf(event.step) + event.fraction) / steps.length
        update(entry, { fraction: done, message: event.message, remainingSeconds: event.remainingSeconds ?? null })
      } else if (event.type === 'step-log') {
        say(event.line, event.step)
      } else if (event.type === 'step-measured') {
        entry.measured.push(...event.measurements.slice(0, Math.max(0, KEPT_MEASUREMENTS - entry.measured.length)))
      } else if (event.type === 'step-finished') {
        update(entry, { fraction: (steps.indexOf(event.summary.id) + 1) / steps.length })
      }
    },
  }
}
