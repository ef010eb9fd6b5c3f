// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Job } from '#shared/domain/job.ts'
import { outcomeWords, subjectOf } from '../../../../src/renderer/screens/activity/job-words.ts'
import { fakeEngine } from '../fake-engine.ts'
import { renderWindow } from '../render-window.tsx'

const job: Job = {
  id: 'j3', kind: 'run', project: '/p/churn', title: 'Run churn', state: 'running', queuedAt: 1, startedAt: Date.now() - 5000, finishedAt: null, fraction: 0.62, message: 'fold 3 of 5',
  remainingSeconds: 340, run: 'r0002', pipelineFile: '/p/churn/churn.yaml', step: 'train', error: null, result: null,
}
const waiting: Job = { ...job, id: 'j4', title: 'Import customers.csv', kind: 'import', state: 'queued', startedAt: null, fraction: null, run: null, pipelineFile: null, step: null, message: '', remainingSeconds: null }
const failed: Job = {
  ...job, id: 'j2', title: 'Run fraud', state: 'failed', finishedAt: Date.now(), step: null, remainingSeconds: null,
  error: { code: 'out-of-memory', headline: 'It needs 14.2 GB, 12 GB may be used', message: 'Batches do not fit.', nextStep: 'Use fewer rows.', retryable: true, details: {} },
}

const engineWith = (...jobs: readonly Job[]) =>
  fakeEngine({
    'activity.list': { jobs: [...jobs] },
    'activity.log': ({ job: id }) => ({ lines: id === 'j3' ? [{ at: 0, level: 'info', message: 'ROC AUC 0.843', step: 'train' }, { at: 1, level: 'warn', message: '<script>alert(1)</script>', step: 'train' }] : [] }),
    'activity.cancel': {},
    'activity.retry': { job: 'j9' },
    'activity.clear': {},
  })

test('work that runs shows its progress and its log; work that waits says for what', async () => {
  renderWindow({ engine: engineWith(waiting, job), at: '/activity' })
  const now = await screen.findByRole('region', { name: 'Now' })
  expect(within(now).getByRole('progressbar', { name: 'Progress of Run churn' }).getAttribute('aria-valuenow')).toBe('62')
  expect(within(now).getByText('6 min left')).toBeDefined()
  expect(within(now).getByText('train: fold 3 of 5')).toBeDefined()
  expect(within(now).getByText('waits for Run churn')).toBeDefined()
  const log = await screen.findByRole('log')
  await waitFor(() => expect(log.textContent).toContain('<script>alert(1)</script>'))
  expect(log.querySelector('script')).toBeNull()
})

test('warnings alone can be shown', async () => {
  const { user } = renderWindow({ engine: engineWith(job), at: '/activity' })
  await user.click(await screen.findByRole('radio', { name: 'Warnings 1' }))
  await waitFor(() => expect(screen.getByRole('log').textContent).not.toContain('ROC AUC'))
})

test('short work is cancelled at once, long work after a question', async () => {
  const engine = engineWith(job)
  const { user } = renderWindow({ engine, at: '/activity' })
  const cancels = (): number => engine.calls.filter(({ name }) => name === 'activity.cancel').length
  await user.click(await screen.findByRole('button', { name: 'Cancel Run churn' }))
  await waitFor(() => expect(cancels()).toBe(1))
  engine.emit({ topic: 'job', job: { ...job, startedAt: Date.now() - 3_600_000, message: 'fold 4 of 5' } })
  await screen.findByText('train: fold 4 of 5')
  await user.click(screen.getByRole('button', { name: 'Cancel Run churn' }))
  const dialog = await screen.findByRole('dialog', { name: 'Cancel Run churn?' })
  expect(dialog.textContent).toContain('It has run for 1 h')
  await user.click(within(dialog).getByRole('button', { name: 'Keep it running' }))
  expect(cancels()).toBe(1)
})

test('failed work says why, and is tried again', async () => {
  const engine = engineWith(failed)
  const { user, path } = renderWindow({ engine, at: '/activity' })
  const log = await screen.findByRole('region', { name: 'Log of Run fraud' })
  expect(within(log).getByText('Use fewer rows.')).toBeDefined()
  await user.click(await screen.findByRole('button', { name: 'Try again: Run fraud' }))
  await waitFor(() => expect(path()).toBe('/activity?job=j9'))
  expect(engine.calls).toContainEqual({ name: 'activity.retry', input: { job: 'j2' } })
})

test('ended work is cleared', async () => {
  const engine = engineWith(failed)
  const { user } = renderWindow({ engine, at: '/activity' })
  const clear = await screen.findByRole('button', { name: 'Clear ended work' })
  engine.answer({ 'activity.list': { jobs: [] } })
  await user.click(clear)
  expect(await screen.findByRole('heading', { name: 'Nothing was done since Millrace was started' })).toBeDefined()
})

test('what came of a job is told from its result', () => {
  const summary = {
    run: 'r1', pipeline: 'churn', status: 'succeeded', seconds: 1, metrics: undefined, baseline: undefined, model: undefined, deployment: undefined, error: undefined,
    steps: [true, false].map((hit, at) => ({ id: String(at), uses: 'x/y', status: 'succeeded', seconds: 1, cache: { hit, reason: '' } })),
  }
  expect(outcomeWords({ ...job, state: 'succeeded', result: summary })).toBe('1 of 2 steps from the cache')
  expect(outcomeWords({ ...job, state: 'succeeded', result: 'something else' })).toBe('')
  expect(outcomeWords(failed)).toBe('It needs 14.2 GB, 12 GB may be used')
  expect(subjectOf(job, '/p/churn')).toBe('r0002 · churn.yaml')
  expect(subjectOf(job, '/p/other')).toBe('churn · r0002 · churn.yaml')
  expect(subjectOf(waiting, '/p/churn')).toBe('Import')
})
