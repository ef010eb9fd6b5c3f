// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { packLeaderboard, type LeaderboardEntry } from '#shared/domain/leaderboard.ts'
import { ExperimentsScreen } from '../../../../../src/renderer/screens/experiments/experiments.tsx'
import { fakeEngine, type FakeEngine } from '../../fake-engine.ts'
import { renderPart } from '../../render-window.tsx'
import { madeEntry } from './made-entry.ts'

// jsdom cannot draw: plots stay as the shapes that they are before the library has arrived.
vi.mock('../../../../../src/renderer/components/plot/load-plotly.ts', () => ({ loadPlotly: () => new Promise(() => undefined) }))

const project = '/projects/churn'

function engineWith(entries: readonly LeaderboardEntry[]): FakeEngine {
  return fakeEngine({
    'runs.leaderboard': { total: entries.length, frame: packLeaderboard(entries) },
    'runs.list': { total: entries.length, runs: [...entries] },
    'runs.candidates': { runs: [] },
    'runs.curves': ({ run }) => ({ live: false, iterations: [], byRows: [], metric: null, nothing: `Nothing of ${run}.` }),
    'projects.summary': { path: project, name: 'churn', task: null, target: null, stages: [], state: '', best: null, running: false, pipeline: 'churn.yaml', counts: { datasets: 1, runs: 2, models: 2, deployments: 1 } },
  })
}

const two = [madeEntry('r0002', { deployments: ['live'] }), madeEntry('r0001', { estimator: 'linear', validation: { metric: 'roc_auc', mean: 0.8, deviation: 0.01 } })]

test('runs are ranked with their spread, their deployments and the baseline', async () => {
  renderPart(<ExperimentsScreen />, { engine: engineWith([...two, madeEntry('r0003', { status: 'failed', model: undefined, metrics: undefined, validation: null, problem: 'Out of memory <b>in</b> step train' })]) })
  const grid = await screen.findByRole('grid', { name: 'Leaderboard' })
  await waitFor(() => expect(grid.textContent).toContain('Gradient boosting'))
  expect(grid.textContent).toContain('0.830 ± 0.020')
  expect(grid.textContent).toContain('live')
  expect(grid.textContent).toContain('Constant guess')
  expect(grid.textContent).toContain('Out of memory <b>in</b> step train')
  expect(screen.getByText(/Select two runs or more/)).toBeDefined()
  expect(await screen.findByText('Nothing of r0002.')).toBeDefined()
})

test('two selected runs stand side by side, with the difference in words', async () => {
  const engine = engineWith(two)
  engine.answer({
    'runs.compare': ({ runs }) => ({
      comparison: {
        runs: two,
        params: [{ step: 'train', param: 'estimator', values: ['gradient-boosting', 'linear'], differs: true }, { step: 'split', param: 'test', values: [0.25, 0.25], differs: false }],
        metrics: [{ metric: 'roc_auc', values: [0.84, 0.83] }],
      },
      folds: runs.map((run) => ({ run, metric: 'roc_auc', scores: [0.8, 0.82, 0.81] })),
      differences: [{ better: 'r0002', other: 'r0001', metric: 'roc_auc', mean: 0.01, low: -0.01, high: 0.03, folds: 3 }],
    }),
  })
  const { user } = renderPart(<ExperimentsScreen />, { engine, at: '/experiments?runs=r0002,r0001' })
  const pane = await screen.findByRole('region', { name: 'Comparison' })
  expect(await within(pane).findByText(/Gradient boosting \(r0002\) scores \+0.01 ROC AUC against Linear \(r0001\)/)).toBeDefined()
  expect(within(pane).getByRole('rowheader', { name: 'estimator' })).toBeDefined()
  expect(within(pane).queryByRole('rowheader', { name: 'test' })).toBeNull()
  await user.click(within(pane).getByRole('switch', { name: 'Only what differs' }))
  expect(within(pane).getByRole('rowheader', { name: 'test' })).toBeDefined()
})

test('deleting says what it frees and what is kept, and leaves the runs where the user thinks better of it', async () => {
  const engine = engineWith(two)
  const deletion = { runs: ['r0001'], bytesFreed: 1_850_000, artifactsRemoved: 7, removed: ['model churn@1'], kept: ['model churn@2, which deployment live serves'] }
  engine.answer({ 'runs.previewDeletion': deletion, 'runs.delete': deletion })
  const { user } = renderPart(<ExperimentsScreen />, { engine, at: '/experiments?runs=r0001' })
  await user.click(await screen.findByRole('button', { name: 'Delete 1 run' }))
  const dialog = await screen.findByRole('dialog', { name: 'Delete run r0001?' })
  expect(within(dialog).getByText('model churn@1')).toBeDefined()
  expect(within(dialog).getByText('Kept: model churn@2, which deployment live serves')).toBeDefined()
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(engine.calls.some(({ name }) => name === 'runs.delete')).toBe(false)
  await user.click(screen.getByRole('button', { name: 'Delete 1 run' }))
  await user.click(await screen.findByRole('button', { name: 'Delete 1 run, free 1.85 MB' }))
  await waitFor(() => expect(engine.calls.find(({ name }) => name === 'runs.delete')?.input).toEqual({ project, runs: ['r0001'] }))
})

test('what a run measures is asked for anew while it goes on', async () => {
  const running = madeEntry('r0003', { status: 'running', seconds: undefined, model: undefined, metrics: undefined, validation: null, estimator: null, summary: null, interval: null, baseline: null })
  const engine = engineWith([running, ...two])
  let asked = 0
  engine.answer({
    'runs.curves': () => ({ live: true, iterations: [], byRows: [], metric: null, nothing: `Asked ${String(++asked)} times` }),
    'runs.candidates': { runs: [{ run: 'r0003', metric: 'roc_auc', live: true, automatic: true, reason: '', candidates: [{ label: 'linear', estimator: 'linear', params: {}, status: 'running', folds: 1, mean: 0.815, deviation: 0, scores: [0.815], note: null, weight: 0 }] }] },
  })
  renderPart(<ExperimentsScreen />, { engine })
  const grid = await screen.findByRole('grid', { name: 'Leaderboard' })
  await waitFor(() => expect(grid.textContent).toContain('≈ 0.815'))
  expect(grid.textContent).toContain('Choosing an estimator')
  expect(await screen.findByText(/Asked 1 times/)).toBeDefined()
  engine.emit({ topic: 'run', project, job: 'j1', event: { type: 'step-measured', step: 'train', measurements: [] } })
  expect(await screen.findByText(/Asked 2 times/)).toBeDefined()
})

test('a project without a trained run says what will be here', async () => {
  renderPart(<ExperimentsScreen />, { engine: engineWith([]) })
  expect(await screen.findByText('No run has trained a model yet')).toBeDefined()
})
