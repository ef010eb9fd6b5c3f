// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { ModelEntry } from '#shared/contract/models.ts'
import type { Row, RowPrediction } from '#shared/domain/prediction.ts'
import type { RunDetail } from '#shared/domain/run.ts'
import { MillraceError } from '#shared/errors.ts'
import { ModelScreen } from '../../../../../src/renderer/screens/model/model.tsx'
import { fakeEngine, type FakeEngine } from '../../fake-engine.ts'
import { renderPart } from '../../render-window.tsx'
import { madeReport } from './made-report.ts'

vi.mock('../../../../../src/renderer/components/plot/load-plotly.ts', () => ({ loadPlotly: () => new Promise(() => undefined) }))

const project = '/projects/churn'
const entry: ModelEntry = {
  name: 'churn', version: 3, hash: 'h3', run: 'r0003', createdAt: 1, task: 'binary-classification', target: 'churned', estimator: 'linear', summary: 'a line', validation: null, bytes: 1000, deployments: ['live'],
}
const detail: RunDetail = {
  run: 'r0003', pipeline: 'churn', status: 'succeeded', startedAt: 1, seconds: 1, metrics: undefined, model: { name: 'churn', version: 3, hash: 'h3' }, deployment: undefined, pipelineFile: 'churn.yaml', seed: 1, baseline: undefined, error: undefined, steps: [], log: [],
}

function predicted(row: Row): RowPrediction {
  if (row['tenure'] === 'old') throw new MillraceError({ code: 'invalid-data', headline: 'The field "tenure" cannot be taken', nextStep: 'Correct it.', details: { column: 'tenure', fields: [{ field: 'tenure', problem: 'must be a number, or empty for none' }] } })
  const yes = Number(row['tenure']) > 20 ? 0.2 : 0.7
  return { prediction: yes > 0.5 ? 'Yes' : 'No', classes: [{ name: 'No', probability: 1 - yes }, { name: 'Yes', probability: yes }], changes: [{ column: 'tenure', usual: 16, value: 0.5, change: yes - 0.5 }], about: 'Yes', unseen: [], milliseconds: 0.4 }
}

function engineWith(more: Parameters<FakeEngine['answer']>[0] = {}): FakeEngine {
  return fakeEngine({
    'models.list': { models: [entry, { ...entry, version: 2, hash: 'h2', run: 'r0002', deployments: [] }] },
    'runs.show': detail,
    'runs.report': { report: madeReport() },
    'models.show': { ...entry, lookedAtRun: 'r0003', about: { goal: { task: 'binary-classification', target: 'churned' }, classes: ['No', 'Yes'], inputs: [], trainingRows: 30, estimator: 'linear', summary: 'a line', members: [], recipe: [], importance: [{ column: 'tenure', value: 1 }], baseline: { kind: 'classes', counts: [20, 10] }, lineage: {} } },
    'models.fields': {
      fields: [
        { name: 'tenure', type: 'text', kind: 'text', whole: false, usual: '16', low: null, high: null, levels: [], moreLevels: false, missing: 0 },
        { name: 'plan', type: 'category', kind: 'choice', whole: false, usual: 'basic', low: null, high: null, levels: [{ value: 'basic', share: 0.6 }, { value: 'pro', share: 0.4 }], moreLevels: false, missing: 0.1 },
      ],
      examples: [{ tenure: '60', plan: 'pro' }],
      rows: 30,
      of: 30,
    },
    'models.predictRow': ({ row }) => predicted(row),
    'deployments.list': { deployments: [] },
    ...more,
  })
}

test('the result stands in figures with intervals and baseline, and in plain words', async () => {
  renderPart(<ModelScreen />, { engine: engineWith(), at: '/model?run=r0003' })
  expect(await screen.findByRole('heading', { name: 'churn v3' })).toBeDefined()
  expect(await screen.findByText('ROC AUC 0.840 against 0.500.')).toBeDefined()
  expect(screen.getByText('Only ten rows were tested.')).toBeDefined()
  expect(screen.getByText('0.800–0.880')).toBeDefined()
  expect(screen.getAllByText('baseline 0.500').length).toBeGreaterThan(0)
  for (const name of ['True positive rate by false positive rate', 'Precision by recall', 'Share that was so by predicted probability', 'Share of the class found by share of the rows']) expect(screen.getByRole('img', { name })).toBeDefined()
})

test('costs move the cheapest threshold, and the mistakes follow', async () => {
  const { user } = renderPart(<ModelScreen />, { engine: engineWith(), at: '/model?run=r0003' })
  expect(await screen.findByText('At 0.50, 2 of the test rows are called wrong.')).toBeDefined()
  const miss = screen.getByRole('textbox', { name: 'A miss costs' })
  await user.clear(miss)
  await user.type(miss, '100')
  await user.click(await screen.findByRole('button', { name: 'Use the cheapest threshold, 0.30' }))
  expect(screen.getByText('At 0.30, the mistakes on the test rows cost 1: 100 less than at 0.50.')).toBeDefined()
  const confusion = screen.getByRole('table', { name: 'Test rows by what they are and what is predicted' })
  expect(within(confusion).getByText('found').closest('td')?.textContent).toContain('3')
})

test('parts that are worse are marked, and cells with markup are text', async () => {
  renderPart(<ModelScreen />, { engine: engineWith(), at: '/model?run=r0003&tab=slices' })
  const grid = await screen.findByRole('grid', { name: 'Slices' })
  await waitFor(() => expect(grid.textContent).toContain('<img src=x>'))
  expect(grid.querySelector('img')).toBeNull()
  expect(within(grid).getByText('worse')).toBeDefined()
})

test('what if: a changed field changes the prediction; one that cannot be taken says so', async () => {
  const { user } = renderPart(<ModelScreen />, { engine: engineWith(), at: '/model?run=r0003&tab=what-if' })
  const field = await screen.findByRole('textbox', { name: 'tenure' })
  expect((await screen.findAllByText('0.700')).length).toBeGreaterThan(0)
  await user.clear(field)
  await user.type(field, '40')
  expect((await screen.findAllByText('0.200')).length).toBeGreaterThan(0)
  await user.clear(field)
  await user.type(field, 'old')
  expect(await screen.findByText('must be a number, or empty for none')).toBeDefined()
  expect(screen.getByText('Correct the marked fields to see what it says.')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'A training row' }))
  expect((await screen.findAllByText('0.200')).length).toBeGreaterThan(0)
})

test('the model is deployed under a name', async () => {
  const engine = engineWith({ 'deployments.deploy': { name: 'live', createdAt: 1, since: 1, how: 'deployed', previous: null, serves: { model: 'churn@3', hash: 'h3', estimator: 'linear', summary: '', task: 'binary-classification', target: 'churned', run: null, score: null } } })
  const { user, path } = renderPart(<ModelScreen />, { engine, at: '/model?run=r0003' })
  await user.click(await screen.findByRole('button', { name: 'Deploy' }))
  const dialog = await screen.findByRole('dialog', { name: 'Deploy churn@3' })
  await user.type(within(dialog).getByLabelText('Deployment', { selector: 'input' }), 'live')
  await user.click(within(dialog).getByRole('button', { name: 'Deploy churn@3' }))
  await waitFor(() => expect(engine.calls.find(({ name }) => name === 'deployments.deploy')?.input).toEqual({ project, deployment: 'live', model: 'churn@3' }))
  await waitFor(() => expect(path()).toBe('/deployments?deployment=live'))
})

test('a run without a model says so', async () => {
  renderPart(<ModelScreen />, { engine: engineWith({ 'runs.show': { ...detail, model: undefined } }), at: '/model?run=r0003' })
  expect(await screen.findByText('Run r0003 trained no model')).toBeDefined()
})

test('a model that was not evaluated still answers about single rows', async () => {
  renderPart(<ModelScreen />, { engine: engineWith({ 'runs.report': { report: null } }), at: '/model?run=r0003' })
  expect(await screen.findByText('This model was not evaluated')).toBeDefined()
  expect(screen.getByRole('tab', { name: 'What if' })).toBeDefined()
})
