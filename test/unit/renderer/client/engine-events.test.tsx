// @vitest-environment jsdom
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EngineEvent } from '#shared/contract/event.ts'
import type { Job } from '#shared/domain/job.ts'
import { createClient } from '../../../../src/renderer/client/client.ts'
import { followEngine } from '../../../../src/renderer/client/engine-events.ts'
import { replaceJobs, useJobStore } from '../../../../src/renderer/client/jobs.ts'
import { createRefresher } from '../../../../src/renderer/client/refresh.ts'
import { useRunEventStore } from '../../../../src/renderer/client/run-events.ts'
import { installBrowserDoubles } from '../browser-doubles.ts'
import { fakeEngine } from '../fake-engine.ts'

installBrowserDoubles()

const job: Job = {
  id: 'j1', kind: 'run', project: '/p', title: 'Run churn', state: 'running', queuedAt: 1, startedAt: 2, finishedAt: null, fraction: 0, message: '',
  remainingSeconds: null, run: 'r0001', pipelineFile: null, step: 'train', error: null, result: null,
}
const progress = (fraction: number): EngineEvent => ({
  topic: 'run', project: '/p', job: 'j1', event: { type: 'step-progress', step: 'train', fraction, message: '', remainingSeconds: undefined },
})

let stop = (): void => undefined
afterEach(() => {
  stop()
  useJobStore.setState({ byId: new Map(), known: false })
  useRunEventStore.setState({ byJob: new Map() })
})

test('jobs are read once and follow the events; many events of a moment are one change', async () => {
  const engine = fakeEngine({ 'activity.list': { jobs: [job] } })
  let changes = 0
  stop = followEngine(createClient(engine.transport), new QueryClient())
  await waitFor(() => expect(useJobStore.getState().known).toBe(true))
  const unsubscribe = useJobStore.subscribe(() => (changes += 1))
  for (let i = 1; i <= 50; i += 1) engine.emit({ topic: 'job', job: { ...job, fraction: i / 100 } })
  expect(changes).toBe(0)
  await waitFor(() => expect(useJobStore.getState().byId.get('j1')?.fraction).toBe(0.5))
  expect(changes).toBe(1)
  engine.emit({ topic: 'job', job: { ...job, state: 'succeeded', fraction: 1 } })
  expect(useJobStore.getState().byId.get('j1')?.state).toBe('succeeded')
  unsubscribe()
})

test('of the progress of a step only the latest word is kept', async () => {
  const engine = fakeEngine()
  stop = followEngine(createClient(engine.transport), new QueryClient())
  engine.emit({ topic: 'run', project: '/p', job: 'j1', event: { type: 'step-started', step: 'train', uses: 'train/model', attempt: 1 } })
  for (const fraction of [0.1, 0.2, 0.3]) engine.emit(progress(fraction))
  await waitFor(() => expect(useRunEventStore.getState().byJob.get('j1')).toHaveLength(2))
  expect(useRunEventStore.getState().byJob.get('j1')?.[1]).toMatchObject({ fraction: 0.3 })
})

test('a busy engine gets to answer: what is on its way is waited for, then asked for once more', async () => {
  const queries = new QueryClient()
  const answers: ((value: number) => void)[] = []
  const observer = new QueryObserver(queries, { queryKey: ['runs.list', {}], queryFn: () => new Promise<number>((resolve) => answers.push(resolve)) })
  const unsubscribe = observer.subscribe(() => undefined)
  const refresher = createRefresher(queries)
  for (let i = 0; i < 5; i += 1) refresher.mark(([name]) => name === 'runs.list')
  await new Promise((resolve) => {
    setTimeout(resolve, 700)
  })
  expect(answers).toHaveLength(1)
  answers[0]?.(1)
  await waitFor(() => expect(answers).toHaveLength(2))
  expect(observer.getCurrentResult().data).toBe(1)
  refresher.stop()
  unsubscribe()
})

test('after a lost connection everything is read anew', async () => {
  const engine = fakeEngine()
  stop = followEngine(createClient(engine.transport), new QueryClient())
  const reads = (): number => engine.calls.filter(({ name }) => name === 'activity.list').length
  await waitFor(() => expect(reads()).toBe(1))
  engine.connection('reconnecting')
  engine.connection('connected')
  await waitFor(() => expect(reads()).toBe(2))
})

test('the newest job is first in the list, whichever way it came', () => {
  replaceJobs([{ ...job, id: 'j2' }, job])
  expect([...useJobStore.getState().byId.keys()]).toEqual(['j1', 'j2'])
})
