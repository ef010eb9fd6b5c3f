// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../src/shared/domain/job.ts'
import { DataScreen } from '../../../../src/renderer/screens/data/data.tsx'
import { fakeEngine } from '../fake-engine.ts'
import { renderPart } from '../render-window.tsx'
import { description, entry, profileOf } from './described.ts'

const project = '/projects/churn'
const answers = {
  'datasets.list': { datasets: [entry] },
  'datasets.describe': description,
  'datasets.storedProfile': { run: null, profile: null },
  'datasets.columnSummary': ({ columns }: { readonly columns: readonly string[] }) => ({ columns: columns.map((name) => profileOf(name)) }),
  'datasets.columnByTarget': { classes: [] as string[], counts: [] as number[][] },
  'datasets.rows': { offset: 0, rows: 0, columns: [], total: 4, milliseconds: 2 },
  'projects.summary': { path: project, name: 'churn', task: null, target: null, stages: [], state: 'Empty', best: null, running: false, pipeline: null, counts: { datasets: 1, runs: 1, models: 0, deployments: 0 } },
}

const job: Job = { id: 'j7', kind: 'import', project, title: 'Read people again', state: 'running', queuedAt: 1, startedAt: 2, finishedAt: null, fraction: 0.4, message: 'Reading rows', remainingSeconds: 3, run: null, pipelineFile: null, step: null, error: null, result: null }

describe('the data screen', () => {
  it('teaches how to begin where there is nothing', async () => {
    renderPart(<DataScreen />, { engine: fakeEngine({ 'datasets.list': { datasets: [] } }) })
    expect(await screen.findByRole('heading', { name: 'Read a first file' })).toBeDefined()
    expect(screen.getByRole('button', { name: 'Choose files' })).toBeDefined()
    expect(screen.getByText('millrace import data.csv')).toBeDefined()
  })

  it('says where the rows came from, and that they do not fit', async () => {
    renderPart(<DataScreen />, { engine: fakeEngine(answers) })
    expect(await screen.findByRole('heading', { level: 1, name: 'people' })).toBeDefined()
    expect((await screen.findByTitle('/data/people.csv')).textContent).toBe('from people.csv · WINDOWS-1252, semicolon, header · hash a1b2…a7b8')
    expect(screen.getByText('of 1 GB: learn from a sample')).toBeDefined()
    expect(screen.getByRole('tab', { name: /Versions/ }).textContent).toContain('2')
    // The column that the newest model predicts stands beside the rows.
    expect(within(screen.getByRole('complementary', { name: 'Column' })).getByText('predicted')).toBeDefined()
  })

  it('says why a dataset cannot be shown, and shows the newest instead', async () => {
    const { user, path } = renderPart(<DataScreen />, { engine: fakeEngine({ 'datasets.list': { datasets: [entry] } }), at: '/data?dataset=gone' })
    expect(await screen.findByRole('alert')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Show the newest dataset' }))
    await waitFor(() => expect(path()).toBe('/data'))
  })

  it('reads the file again with types that the user set', async () => {
    const engine = fakeEngine({ ...answers, 'datasets.retype': { job: 'j7' }, 'activity.list': { jobs: [] } })
    const { user, path } = renderPart(<DataScreen />, { engine, at: '/data?column=age' })
    const pane = within(await screen.findByRole('complementary', { name: 'Column' }))
    await user.click(await pane.findByRole('combobox', { name: 'Type' }))
    await user.click(await screen.findByRole('option', { name: 'category' }))
    expect((await screen.findByRole('region', { name: 'Changed types and roles' })).textContent).toContain('age category')
    await user.click(screen.getByRole('button', { name: 'Read the file again' }))
    await waitFor(() => expect(engine.calls.find(({ name }) => name === 'datasets.retype')?.input).toMatchObject({ dataset: 'people', version: 2, types: { age: 'category' }, roles: {} }))
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Changed types and roles' })).toBeNull())
    engine.emit({ topic: 'job', job })
    expect((await screen.findByText('40 % · Reading rows · about 3 s left')).closest('[role=status]')).not.toBeNull()
    const result = { dataset: 'people', version: 3, hash: 'ff', run: 'r0003', reused: false, rows: 4, columns: [], source: { file: 'people.csv', format: 'delimited', encoding: null, delimiter: null, quote: null, header: null, decimal: null }, findings: [] }
    engine.emit({ topic: 'job', job: { ...job, state: 'succeeded', finishedAt: Date.now() + 1000, result } })
    expect(await screen.findByText('Read people v3')).toBeDefined()
    await waitFor(() => expect(path()).toBe('/data?dataset=people&version=3'))
  })

  it('writes the types into the pipeline that reads the file, its text kept', async () => {
    const ingest = { pipeline: { file: 'churn.yaml', step: 'ingest' }, types: {}, roles: {} }
    const engine = fakeEngine({
      ...answers,
      'datasets.describe': { ...description, ingest },
      'datasets.retype': { job: 'j7' },
      'pipelines.read': { text: 'a', revision: '1' },
      'pipelines.edit': ({ text, change }) => ({ text: `${text}+${JSON.stringify(change)}`, step: null }),
      'pipelines.save': { revision: '2' },
    })
    const { user } = renderPart(<DataScreen />, { engine, at: '/data?column=age' })
    const pane = within(await screen.findByRole('complementary', { name: 'Column' }))
    await user.click(await pane.findByRole('combobox', { name: 'Role' }))
    await user.click(await screen.findByRole('option', { name: 'ignore' }))
    expect(await screen.findByRole('checkbox', { name: /also in churn.yaml/ })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Read the file again' }))
    await waitFor(() => expect(engine.calls.find(({ name }) => name === 'pipelines.save')?.input).toMatchObject({ file: 'churn.yaml', basedOn: '1', text: 'a+{"kind":"set-param","step":"ingest","path":["roles","age"],"value":"ignore"}' }))
  })

  it('lists versions with what changed', async () => {
    const { user } = renderPart(<DataScreen />, { engine: fakeEngine(answers) })
    await user.click(await screen.findByRole('tab', { name: /Versions/ }))
    expect(await screen.findByText('1 row more')).toBeDefined()
    expect(screen.getByText('the first version')).toBeDefined()
  })

  it('looks for problems, with the column to predict', async () => {
    const engine = fakeEngine({ ...answers, 'datasets.profile': { job: 'j8' }, 'activity.get': { ...job, id: 'j8', kind: 'profile' } })
    const { user } = renderPart(<DataScreen />, { engine, at: '/data?tab=findings' })
    expect(await screen.findByText('The file is read as windows-1252')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Look for problems' }))
    await waitFor(() => expect(engine.calls.find(({ name }) => name === 'datasets.profile')?.input).toMatchObject({ dataset: 'people', version: 2, target: 'left' }))
  })
})
