// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DeploymentEntry } from '#shared/contract/deployments.ts'
import { DeploymentsScreen } from '../../../../../src/renderer/screens/deployments/deployments.tsx'
import { proposedOutput } from '../../../../../src/renderer/screens/deployments/score-file.tsx'
import { fakeEngine, type FakeEngine } from '../../fake-engine.ts'
import { renderPart } from '../../render-window.tsx'

const project = '/projects/churn'
const serves = { model: 'churn@2', hash: 'h2', estimator: 'linear', summary: 'a line', task: 'binary-classification', target: 'churned', run: 'r0002', score: { metric: 'roc_auc', label: 'ROC AUC', value: 0.84, interval: { low: 0.82, high: 0.86 } } }
const live: DeploymentEntry = { name: 'live', createdAt: 1, since: 2, how: 'run', serves, previous: 'churn@1' }

function engineWith(deployments: readonly DeploymentEntry[]): FakeEngine {
  return fakeEngine({
    'deployments.list': { deployments: [...deployments] },
    'deployments.show': { ...live, history: [{ at: 2, until: null, how: 'run', model: 'churn@2', run: 'r0002', served: serves }, { at: 1, until: 2, how: 'deployed', model: 'churn@1', run: null, served: null }] },
    'deployments.fields': { fields: [{ name: 'tenure', type: 'integer', kind: 'number', whole: true, usual: 16, low: 0, high: 80, levels: [], moreLevels: false, missing: 0 }], examples: [], rows: 10, of: 10 },
    'deployments.tryRow': { prediction: 'Yes', classes: [{ name: 'No', probability: 0.29 }, { name: 'Yes', probability: 0.71 }], changes: [], about: 'Yes', unseen: ['plan'], milliseconds: 0.4 },
    'deployments.rollback': { ...live, serves: { ...serves, model: 'churn@1' }, how: 'rolled back' },
    'models.list': { models: [] },
  })
}

test('a deployment shows what it serves and served, and answers a row', async () => {
  renderPart(<DeploymentsScreen />, { engine: engineWith([live]) })
  const card = await screen.findByRole('region', { name: 'What it serves' })
  expect(card.textContent).toContain('churn@2')
  expect(card.textContent).toContain('0.820–0.860')
  const grid = await screen.findByRole('grid', { name: 'History' })
  await waitFor(() => expect(grid.textContent).toContain('model deleted'))
  expect((await screen.findAllByText('0.710')).length).toBeGreaterThan(0)
  expect(screen.getByText(/has this value in plan/)).toBeDefined()
})

test('is rolled back after it said to what', async () => {
  const engine = engineWith([live])
  const { user } = renderPart(<DeploymentsScreen />, { engine })
  await user.click(await screen.findByRole('button', { name: 'Roll back to churn@1' }))
  const dialog = await screen.findByRole('dialog', { name: 'Roll live back?' })
  await user.click(within(dialog).getByRole('button', { name: 'Roll back to churn@1' }))
  await waitFor(() => expect(engine.calls.find(({ name }) => name === 'deployments.rollback')?.input).toEqual({ project, deployment: 'live' }))
})

test('predicts a file beside its input, and says what was wrong with it', async () => {
  const engine = engineWith([live])
  const error = { code: 'invalid-data', headline: 'The file lacks the column "tenure"', message: 'x.csv has no column "tenure".', nextStep: 'Name the columns as in the data.', retryable: false, details: { file: 'x.csv', column: 'tenure' } } as const
  engine.answer({
    'deployments.predictFile': { job: 'j1' },
    'activity.get': { id: 'j1', kind: 'predict', project, title: 'Predict', state: 'failed', queuedAt: 1, startedAt: 1, finishedAt: 2, fraction: null, message: '', remainingSeconds: null, run: null, pipelineFile: null, step: null, error, result: null },
  })
  const { user } = renderPart(<DeploymentsScreen />, { engine })
  await user.type(await screen.findByRole('textbox', { name: 'File with rows to predict' }), '/data/new.customers.csv')
  expect(screen.getByRole('textbox', { name: 'File of predictions' })).toHaveProperty('value', '/data/new.customers-predicted.csv')
  await user.click(screen.getByRole('button', { name: 'Predict file' }))
  expect(await screen.findByText('The file lacks the column "tenure"')).toBeDefined()
  expect(engine.calls.find(({ name }) => name === 'deployments.predictFile')?.input).toMatchObject({ deployment: 'live', input: '/data/new.customers.csv', keepInput: true, onInvalid: 'error' })
})

test('none yet: says what a deployment is for', async () => {
  const { user } = renderPart(<DeploymentsScreen />, { engine: engineWith([]) })
  expect(await screen.findByText('Nothing is deployed')).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Deploy a model' }))
  expect(await screen.findByRole('dialog', { name: 'Deploy a model' })).toBeDefined()
})

test.each([
  ['/a/b.c/rows.csv', '/a/b.c/rows-predicted.csv'],
  ['C:\\data\\rows.parquet', 'C:\\data\\rows-predicted.csv'],
  ['/a/b.c/rows', '/a/b.c/rows-predicted.csv'],
])('predictions of %s are proposed for %s', (input, output) => {
  expect(proposedOutput(input)).toBe(output)
})
