// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Job } from '#shared/domain/job.ts'
import { fakeEngine, type FakeEngine } from '../fake-engine.ts'
import { renderWindow } from '../render-window.tsx'

afterEach(() => {
  vi.restoreAllMocks()
})

const job = (id: string, change: Partial<Job>): Job => ({
  id, kind: 'run', project: '/p', title: `Run ${id}`, state: 'succeeded', queuedAt: 0, startedAt: 0, finishedAt: 30_000, fraction: 1, message: '',
  remainingSeconds: null, run: null, pipelineFile: null, step: null, error: null, result: null, ...change,
})

async function desktop(): Promise<FakeEngine> {
  const engine = fakeEngine({
    'app.info': {
      version: '1.2.3', host: 'electron', platform: 'linux', settingsFile: '/s.json', projectsFolder: '/p', dialogs: true, notifications: true,
      memoryBytes: 8e9, memoryFrom: 'machine', machineMemoryBytes: 16e9, threads: 8,
    },
    'app.notify': {},
  })
  renderWindow({ engine, at: '/settings' })
  await screen.findByRole('switch', { name: 'Tell when long work ends' })
  return engine
}

const told = ({ calls }: FakeEngine): readonly unknown[] => calls.filter(({ name }) => name === 'app.notify').map(({ input }) => input)

test('long work that ends while the window is not in front is told by the system, once', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const engine = await desktop()
  for (const one of [job('long', {}), job('short', { finishedAt: 3000 }), job('going', { state: 'running', finishedAt: null }), job('long', {})]) engine.emit({ topic: 'job', job: one })
  engine.emit({ topic: 'job', job: job('failed', { state: 'failed', error: { code: 'io', headline: 'The disk is gone', message: '', nextStep: '', retryable: false, details: {} } }) })
  await waitFor(() => expect(told(engine)).toEqual([{ title: 'Run long', body: 'Done in 30 s' }, { title: 'Run failed', body: 'The disk is gone' }]))
})

test('who looks at the window is not told', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true)
  const engine = await desktop()
  engine.emit({ topic: 'job', job: job('long', {}) })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(told(engine)).toEqual([])
})
