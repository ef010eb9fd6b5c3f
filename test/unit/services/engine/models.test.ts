import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract, type MethodInput, type MethodName, type MethodOutput } from '#shared/contract/index.ts'
import type { Method } from '#shared/contract/method.ts'
import { valueOf } from '#shared/contract/result.ts'
import { createAbortFlag } from '../../../../src/main/base/abort.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'
import { runPipelineFile } from '../../../../src/main/services/runs.ts'
import { createProject } from '../../../../src/main/store/project.ts'
import { smallPipeline, smallRows } from '../../../e2e/cli/small-data.ts'

let folder: string
let project: string
let engine: Engine
const topics: string[] = []

/** What the engine answers, checked by the contract as the window checks it. */
async function call<N extends MethodName>(name: N, input: Omit<MethodInput<N>, 'project'>): Promise<MethodOutput<N>> {
  const [domain = '', method = ''] = name.split('.')
  const { output } = (contract as unknown as Record<string, Record<string, Method>>)[domain]?.[method] as Method
  return output.parse(valueOf(await engine.call(name, { project, ...input }))) as MethodOutput<N>
}

async function ended(job: string): Promise<MethodOutput<'activity.get'>> {
  for (;;) {
    const found = await call('activity.get', { job })
    if (found.finishedAt !== null) return found
    await new Promise((wake) => setTimeout(wake, 20))
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-models-'))
  project = join(folder, 'project')
  await mkdir(project)
  await writeFile(join(project, 'data.csv'), smallRows(300, { label: true }))
  await writeFile(join(project, 'small.yaml'), smallPipeline((text) => text.replace('folds: 0', 'folds: 3')))
  const made = await createProject(project)
  await runPipelineFile(made, { file: join(project, 'small.yaml'), set: [], force: [] }, { signal: createAbortFlag() })
  made.close()
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
  engine.subscribe((event) => topics.push(event.topic === 'project' ? event.changed.join(' ') : event.topic))
})
afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true })
})

describe('a model in the window', () => {
  test('is listed, and says what it reads, what becomes of it and what it learnt', async () => {
    expect((await call('models.list', {})).models).toMatchObject([{ name: 'small', version: 1, run: 'r0001', target: 'label', deployments: ['small'], validation: { metric: 'roc_auc' } }])
    const { about, lookedAtRun } = await call('models.show', { model: 'small' })
    expect(lookedAtRun).toBe('r0001')
    expect(about).toMatchObject({ classes: ['no', 'yes'], inputs: [{ name: 'x', type: 'decimal' }, { name: 'colour', type: 'category' }], members: [{ estimator: 'linear', weight: 1 }] })
    expect(about.recipe[0]?.lines.length).toBeGreaterThan(1)
  })

  test('answers one row at a time, knows what is usual, and names fields that cannot be taken', async () => {
    const { fields, examples, rows } = await call('models.fields', { model: 'small@1' })
    expect(rows).toBe(225)
    expect(fields.map(({ name, kind }) => [name, kind])).toEqual([['x', 'number'], ['colour', 'choice']])
    expect(examples.length).toBeGreaterThan(5)
    const said = await call('models.predictRow', { model: 'small', row: { x: 9.5, colour: 'red' } })
    expect(said).toMatchObject({ prediction: 'yes', about: 'yes' })
    expect(said.changes.find(({ column }) => column === 'x')?.change).toBeGreaterThan(0)
    await expect(call('models.predictRow', { model: 'small', row: { x: 'far', colour: 'red' } })).rejects.toMatchObject({ data: { code: 'invalid-data', details: { fields: [{ field: 'x' }] } } })
  })

  test('shows test rows with what it says and what is true, the worst first where asked', async () => {
    const { samples } = await call('models.samples', { model: 'small', order: 'worst', limit: 10 })
    expect(samples).toMatchObject({ rows: 10, of: 75, scored: 'yes', truth: { name: 'label' } })
    expect(samples?.columns.map(({ name }) => name)).toEqual(['id', 'x', 'colour'])
    const errors = Array.from(samples?.probability ?? [], (probability, row) => (samples?.truth.texts?.[row] === 'yes' ? 1 - probability : probability))
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
    const { samples: sure } = await call('models.samples', { model: 'small', order: 'highest', limit: 3 })
    expect(sure?.prediction.texts).toEqual(['yes', 'yes', 'yes'])
  })

  test('has a card with its data, scores, limits and lineage', async () => {
    const card = await call('models.card', { model: 'small' })
    expect(card).toMatchObject({
      model: 'small@1',
      purpose: 'Says how probable it is that label is yes, not no, from 2 columns.',
      run: 'r0001',
      seed: 1,
      data: { sources: [{ dataset: 'small@1', source: 'data.csv' }], trainingRows: 225, testRows: 75 },
    })
    expect(card.scores[0]).toMatchObject({ metric: 'roc_auc', baseline: 0.5 })
    expect(card.scores.length).toBeGreaterThan(5)
    expect(card.lineage.map(({ step }) => step)).toEqual(['ingest', 'clean', 'split', 'split', 'features', 'train', 'evaluate'])
    expect(card.limits.some((limit) => limit.includes('from a probability of 0.50 on'))).toBe(true)
  })

  test('is exported as a page, a card, a folder and an archive; nothing is written over', async () => {
    const place = (name: string): string => join(folder, name)
    const exported = async (format: MethodInput<'models.export'>['format'], output: string) => ended((await call('models.export', { model: 'small', format, output })).job)
    expect(await exported('report', place('report.html'))).toMatchObject({ state: 'succeeded', kind: 'export' })
    expect(await readFile(place('report.html'), 'utf8')).toContain('What matters on the test rows')
    expect(await exported('card', place('card.md'))).toMatchObject({ state: 'succeeded' })
    expect(await readFile(place('card.md'), 'utf8')).toMatch(/^# Model card: small@1\n/)
    expect(await exported('bundle', place('bundle'))).toMatchObject({ state: 'succeeded' })
    expect((await readdir(place('bundle'))).toSorted()).toEqual(['MODEL_CARD.md', 'choice.json', 'curves.json', 'model.json', 'weights.bin'])
    expect(await exported('zip', place('model.zip'))).toMatchObject({ state: 'succeeded', result: { output: place('model.zip') } })
    expect(await exported('bundle', place('bundle'))).toMatchObject({ state: 'failed', error: { code: 'already-exists' } })
    expect(await exported('card', join(project, 'project.db'))).toMatchObject({ state: 'failed', error: { code: 'io' } })
    expect(await exported('zip', join(folder, 'nowhere', 'model.zip'))).toMatchObject({ state: 'failed', error: { code: 'io' } })
    await expect(call('models.export', { model: 'small', format: 'zip', output: 'model.zip' })).rejects.toMatchObject({ data: { code: 'invalid-parameter' } })
  })
})

describe('a deployment in the window', () => {
  test('is tried by hand and predicts a file', async () => {
    expect(await call('deployments.list', {})).toMatchObject({ deployments: [{ name: 'small', serves: { model: 'small@1', run: 'r0001', score: { metric: 'roc_auc' } } }] })
    expect((await call('deployments.fields', { deployment: 'small' })).fields).toHaveLength(2)
    expect(await call('deployments.tryRow', { deployment: 'small', row: { x: 0.5, colour: 'blue' } })).toMatchObject({ prediction: 'no' })
    const output = join(folder, 'predicted.csv')
    const { job } = await call('deployments.predictFile', { deployment: 'small', input: join(project, 'data.csv'), output })
    expect(await ended(job)).toMatchObject({ state: 'succeeded', kind: 'predict', result: { rows: 300, output } })
    expect((await readFile(output, 'utf8')).split('\n')[0]).toBe('id,x,colour,label,prediction,p_no,p_yes')
  })

  test('tells the windows when it changes', async () => {
    topics.length = 0
    await call('deployments.deploy', { deployment: 'other', model: 'small@1' })
    await call('deployments.remove', { deployment: 'other' })
    expect(topics).toEqual(['deployments models runs', 'deployments models runs'])
  })
})

describe('runs in the window', () => {
  test('are on the leaderboard, have candidates and curves, and say what deleting them frees', async () => {
    const { total } = await call('runs.leaderboard', {})
    expect(total).toBe(1)
    expect(await call('runs.list', {})).toMatchObject({ total: 1, runs: [{ run: 'r0001', estimator: 'linear', deployments: ['small'], interval: { metric: 'roc_auc' } }] })
    const { runs } = await call('runs.candidates', { runs: ['r0001'] })
    expect(runs[0]?.candidates.some(({ weight }) => weight === 1)).toBe(true)
    expect(await call('runs.curves', { run: 'r0001' })).toMatchObject({ live: false, iterations: [], nothing: expect.stringContaining('fits at once') })
    expect((await call('runs.report', { run: 'r0001' })).report?.importance?.columns[0]?.column).toBe('x')
    expect((await call('runs.explain', { run: 'r0001', step: 'train' })).hit).toBe(false)
    expect(await call('runs.previewDeletion', { runs: ['r0001'] })).toMatchObject({ kept: ['model small@1, which deployment small serves'] })
    expect((await call('runs.show', { run: 'r0001' })).steps).toHaveLength(7)
  })
})
