import { describe, expect, it } from 'vitest'
import type { Job } from '#shared/domain/job.ts'
import { MillraceError } from '#shared/errors.ts'
import { createEventBus } from '../../../../src/main/services/engine/event-bus.ts'
import { createJobQueue, type JobHandle, type JobRequest } from '../../../../src/main/services/engine/job-queue.ts'

const request = (work: JobRequest['work']): JobRequest => ({ kind: 'import', project: '/p', title: 'Import', work })

function queue() {
  const events = createEventBus((error) => {
    throw error
  })
  const seen: Job[] = []
  const ended = new Map<string, (job: Job) => void>()
  events.subscribe((event) => {
    if (event.topic !== 'job') return
    seen.push(event.job)
    if (event.job.finishedAt !== null) ended.get(event.job.id)?.(event.job)
  })
  const jobs = createJobQueue(events, { now: () => 1000, monotonic: () => 0, processor: () => 0 })
  const end = (id: string): Promise<Job> =>
    new Promise((resolve) => {
      const job = jobs.get(id)
      if (job.finishedAt === null) ended.set(id, resolve)
      else resolve(job)
    })
  return { jobs, seen, end }
}

/** Waits as a loop in a worker does: looks at the flag now and then. */
async function stopped(signal: JobHandle['signal']): Promise<void> {
  while (!signal.aborted) await new Promise((wake) => setTimeout(wake, 1))
  signal.throwIfAborted()
}

describe('job queue', () => {
  it('does one piece of work after the other and keeps what came of each', async () => {
    const { jobs, end } = queue()
    let free: () => void = () => undefined
    const first = jobs.start(request(() => new Promise<string>((resolve) => { free = () => resolve('one') })))
    const second = jobs.start(request(async () => 'two'))
    expect(jobs.get(first).state).toBe('running')
    expect(jobs.get(second).state).toBe('queued')
    free()
    expect(await end(first)).toMatchObject({ state: 'succeeded', result: 'one', fraction: 1 })
    expect(await end(second)).toMatchObject({ state: 'succeeded', result: 'two' })
  })

  it('cancels what runs and what waits', async () => {
    const { jobs, end } = queue()
    const first = jobs.start(request(({ signal }) => stopped(signal)))
    const second = jobs.start(request(async () => 'never'))
    jobs.cancel(second)
    jobs.cancel(first)
    expect(await end(second)).toMatchObject({ state: 'cancelled', startedAt: null })
    expect(await end(first)).toMatchObject({ state: 'cancelled' })
  })

  it('keeps the error of what failed, and goes on', async () => {
    const { jobs, end } = queue()
    const failed = jobs.start(request(() => Promise.reject(new MillraceError({ code: 'invalid-data', headline: 'Bad', nextStep: 'Mend it' }))))
    expect(await end(failed)).toMatchObject({ state: 'failed', error: { code: 'invalid-data', nextStep: 'Mend it' } })
    const again = jobs.retry(failed)
    expect(await end(again)).toMatchObject({ state: 'failed' })
    jobs.clear()
    expect(jobs.list()).toEqual([])
  })

  it('follows the run that belongs to a job', async () => {
    const { jobs, seen, end } = queue()
    const score = { kind: 'fold-score', label: 'linear', estimator: 'linear', metric: 'roc_auc', fold: 0, folds: 5, score: 0.8 } as const
    const id = jobs.start(
      request(async (job) => {
        job.runEvent({ type: 'run-started', run: 'r0001', pipeline: 'p', steps: [{ id: 'a', uses: 'x/y' }, { id: 'b', uses: 'x/y' }] })
        job.runEvent({ type: 'step-started', step: 'b', uses: 'x/y', attempt: 1 })
        job.runEvent({ type: 'step-progress', step: 'b', fraction: 0.5, message: 'half', remainingSeconds: 3 })
        job.runEvent({ type: 'step-measured', step: 'b', measurements: [score] })
        job.runEvent({ type: 'step-log', step: 'b', line: { at: 1, level: 'info', message: 'said' } })
      }),
    )
    await end(id)
    expect(seen.map(({ fraction, step, remainingSeconds }) => ({ fraction, step, remainingSeconds }))).toContainEqual({ fraction: 0.75, step: 'b', remainingSeconds: 3 })
    expect(jobs.log(id)).toEqual([{ at: 1, level: 'info', message: 'said', step: 'b' }])
    expect(jobs.get(id)).toMatchObject({ run: 'r0001', state: 'succeeded' })
    const { project } = jobs.get(id)
    expect(jobs.measured(project ?? '', 'r0001')).toEqual([score])
    expect(jobs.measured(project ?? '', 'r0002')).toEqual([])
  })
})
