// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { AddStep } from '../../../../src/renderer/screens/pipeline/graph/add-step.tsx'
import { Inspector } from '../../../../src/renderer/screens/pipeline/inspector/inspector.tsx'
import { PipelineForm } from '../../../../src/renderer/screens/pipeline/inspector/pipeline-form.tsx'
import { PipelineScreen } from '../../../../src/renderer/screens/pipeline/pipeline.tsx'
import { DryRun } from '../../../../src/renderer/screens/pipeline/run/dry-run.tsx'
import { liveStates } from '../../../../src/renderer/screens/pipeline/run/step-states.ts'
import type { ShownRun } from '../../../../src/renderer/screens/pipeline/run/use-shown-run.ts'
import type { PipelineChange } from '../../../../src/shared/domain/pipeline-change.ts'
import type { StepForecast } from '../../../../src/shared/domain/pipeline-forecast.ts'
import type { OutlineStep, PipelineOutline } from '../../../../src/shared/domain/pipeline-outline.ts'
import { MillraceError } from '../../../../src/shared/errors.ts'
import { fakeEngine } from '../fake-engine.ts'
import { renderPart } from '../render-window.tsx'

const step = (key: string, uses: string, given: Partial<OutlineStep>): OutlineStep => ({
  key, id: key, uses, stage: uses.split('/')[0] ?? '', known: true, needs: [], needsGiven: false, inputs: [], outputs: [], params: {}, settled: {}, problems: [],
  cache: true, retry: 0, timeout: null, lines: { from: 1, to: 1 }, ...given,
})
const outline: PipelineOutline = {
  name: 'small', task: 'binary-classification', target: 'churned', positive: 'Yes', seed: null,
  steps: [
    step('ingest', 'ingest/file', { known: false, params: { path: 'a.csv' } }),
    step('split', 'prepare/split', { needs: ['ingest'], params: { test: 2 }, settled: null, problems: [{ param: 'test', message: 'it must be < 1' }] }),
    step('train', 'train/model', { needs: ['split'], needsGiven: true }),
  ],
}

const kind = (id: string, properties: Record<string, unknown>) => ({ id, stage: id.split('/')[0] ?? '', label: id, help: `Help of ${id}`, inputs: [], takesNamed: false, outputs: [], schema: { type: 'object', properties } })
const kinds = {
  kinds: [
    kind('prepare/split', { test: { type: 'number', default: 0.25, description: 'Share of the rows to hold out for testing' }, group: { type: 'string', description: 'Column whose equal values stay on one side' } }),
    kind('train/model', { estimator: { type: 'string' }, params: { type: 'object', additionalProperties: {} } }),
  ],
  estimators: [{ id: 'linear', label: 'Linear', tasks: ['binary-classification' as const], schema: { type: 'object', properties: { penalty: { type: 'number', description: 'How strongly' } } } }],
  metrics: [],
}

const none: ShownRun = { run: undefined, detail: undefined, job: undefined, active: false, states: new Map(), failure: undefined, events: [] }
const forecast: StepForecast = {
  step: 'split', uses: 'prepare/split', decision: 'run', reason: 'Since r0001: parameter test changed from 0.25 to 2.',
  changed: [{ part: 'params.test', from: '0.25', to: '2' }], producedBy: null, estimate: { memoryBytes: 168e6, diskBytes: 142e3, basedOn: 'r0001' }, problem: null,
}

function inspect(key: string, { shown = none, engine = fakeEngine() }: { shown?: ShownRun; engine?: ReturnType<typeof fakeEngine> } = {}) {
  const changes: PipelineChange[] = []
  const chosen = outline.steps.find((one) => one.key === key)
  if (chosen === undefined) throw new Error(`No step ${key}`)
  const part: ReactElement = (
    <Inspector
      step={chosen}
      steps={outline.steps}
      task="binary-classification"
      kinds={kinds}
      shown={shown}
      forecast={forecast}
      budget={{ memoryBytes: 8e9, freeDiskBytes: 5e10 }}
      onChange={(change) => changes.push(change)}
      onRemove={() => undefined}
      onForce={() => undefined}
      onClose={() => undefined}
    />
  )
  return { changes, ...renderPart(part, { engine }) }
}

describe('form of a step', () => {
  it('is made from the schema, with its help, what is wrong, and what the step would need', async () => {
    inspect('split')
    expect(await screen.findByText('Help of prepare/split')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Test').value).toBe('2')
    expect(screen.getAllByText(/it must be < 1/i).length).toBeGreaterThan(0)
    expect(screen.getByText('Column whose equal values stay on one side')).toBeTruthy()
    const needs = within(screen.getByRole('region', { name: 'Needs, estimated' }))
    expect(needs.getByText('about 168 MB of 8 GB')).toBeTruthy()
    expect(needs.getByText('By the sizes that its inputs had in r0001.')).toBeTruthy()
  })

  it('makes one change of what is typed', async () => {
    const { changes, user } = inspect('split')
    const field = await screen.findByLabelText('Test')
    await user.clear(field)
    await user.type(field, '0.35')
    await waitFor(() => expect(changes.at(-1)).toEqual({ kind: 'set-param', step: 'split', path: ['test'], value: 0.35 }))
    expect(changes.length).toBeLessThanOrEqual(2)
  })

  it('hands on what was typed last when another step is chosen', async () => {
    const { changes, user } = inspect('split')
    await user.type(await screen.findByLabelText('Group'), 'city')
    await user.click(screen.getByRole('tab', { name: 'Cache' }))
    await waitFor(() => expect(changes).toEqual([{ kind: 'set-param', step: 'split', path: ['group'], value: 'city' }]))
  })

  it('renames, and refuses names that are none', async () => {
    const { changes, user } = inspect('split')
    const name = await screen.findByLabelText<HTMLInputElement>('Name')
    await user.clear(name)
    await user.type(name, 'hold out')
    expect(screen.getByText('Letters, digits, "-" and "_", at most 64')).toBeTruthy()
    await user.tab()
    expect(name.value).toBe('split')
    await user.clear(name)
    await user.type(name, 'hold-out{Enter}')
    expect(changes).toEqual([{ kind: 'rename-step', step: 'split', id: 'hold-out' }])
  })

  it('sets how a step is run', async () => {
    const { changes, user } = inspect('split')
    await user.click(await screen.findByRole('switch', { name: 'Reuse outputs of earlier runs' }))
    await user.type(screen.getByLabelText('Time limit'), '15m{Enter}')
    expect(changes).toEqual([{ kind: 'set-flags', step: 'split', cache: false }, { kind: 'set-flags', step: 'split', timeout: '15m' }])
  })

  it('says that a step kind is not there', async () => {
    inspect('ingest')
    expect(await screen.findByText(/There is no step kind "ingest\/file"/)).toBeTruthy()
  })
})

describe('log, artifacts and cache of a step', () => {
  const events = [
    { type: 'run-started', run: 'r0002', pipeline: 'small', steps: [{ id: 'split', uses: 'prepare/split' }] },
    { type: 'step-log', step: 'split', line: { at: 0, level: 'warn', message: 'Few rows <script>' } },
    { type: 'step-finished', summary: { id: 'split', uses: 'prepare/split', status: 'succeeded', seconds: 1, cache: { hit: false, reason: 'Since r0001: parameter test changed from 0.25 to 2.' } }, error: undefined },
  ] as const
  const shown: ShownRun = { ...none, run: 'r0002', events, states: liveStates(events) }
  const engine = fakeEngine({
    'pipelines.artifacts': {
      inputs: [{ name: 'data', kind: 'dataset', hash: 'a'.repeat(64), bytes: 115_000, about: '6,000 rows, 16 columns', columns: ['city'], from: 'clean', dataset: null, model: null }],
      outputs: [{ name: 'train', kind: 'dataset', hash: 'b'.repeat(64), bytes: 83_000, about: '4,500 rows, 16 columns', columns: [], from: null, dataset: { name: 'small', version: 2 }, model: null }],
    },
    'runs.explain': { run: 'r0002', step: 'split', hit: false, reason: 'Since r0001.', changed: [{ part: 'params.test', from: '0.25', to: '2' }], producedBy: undefined },
  })

  it('show what the step said, harmlessly', async () => {
    const { user } = inspect('split', { shown, engine })
    await user.click(await screen.findByRole('tab', { name: 'Log' }))
    expect(screen.getByRole('log').textContent).toContain('WarningFew rows <script>')
  })

  it('show what it took and made, with the way to it', async () => {
    const { user } = inspect('split', { shown, engine })
    await user.click(await screen.findByRole('tab', { name: 'In and out' }))
    expect(await screen.findByText('dataset from clean · 6,000 rows, 16 columns')).toBeTruthy()
    expect(screen.getByText('83 kB')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Open small v2' }).getAttribute('href')).toContain('dataset=small')
  })

  it('say why it ran, part by part, and what a run would do now', async () => {
    const { user } = inspect('split', { shown, engine })
    await user.click(await screen.findByRole('tab', { name: 'Cache' }))
    const last = await screen.findByRole('region', { name: 'Last run' })
    await within(last).findByText('1 part differs')
    expect(last.textContent).toContain('In r0002miss')
    expect(last.textContent).toContain('test0.25 → 2')
    expect(screen.getByRole('region', { name: 'If it ran now' }).textContent).toContain('run')
  })
})

describe('dry run', () => {
  it('lists what each step would do, and counts', async () => {
    const onSelect = vi.fn<(value: string) => void>()
    const steps: StepForecast[] = [
      { ...forecast, step: 'ingest', decision: 'reuse', reason: 'Nothing differs.', estimate: null },
      forecast,
      { ...forecast, step: 'train', decision: 'unknown', problem: 'It needs about 20 GB; 8 GB may be used.' },
    ]
    const { user } = renderPart(<DryRun forecast={{ steps, memoryBytes: 8e9, freeDiskBytes: 5e10 }} error={undefined} selected="split" onSelect={onSelect} onClose={() => undefined} />)
    expect(await screen.findByText('1 step would run, 1 step would be reused, 1 step depends on what comes before.')).toBeTruthy()
    expect(screen.getByText('1 step would be refused.')).toBeTruthy()
    expect(screen.getByText('It needs about 20 GB; 8 GB may be used.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: /^ingest/ }))
    expect(onSelect).toHaveBeenCalledWith('ingest')
  })

  it('says why it cannot be planned', async () => {
    renderPart(<DryRun forecast={undefined} error={new MillraceError({ code: 'invalid-pipeline', headline: 'The pipeline file has a problem', nextStep: 'Correct it.' })} selected={undefined} onSelect={() => undefined} onClose={() => undefined} />)
    expect(await screen.findByText('The pipeline file has a problem')).toBeTruthy()
  })
})

describe('form of the pipeline', () => {
  it('sets what is learnt, and takes out what no longer fits', async () => {
    const changes: PipelineChange[] = []
    const { user } = renderPart(<PipelineForm outline={outline} findings={[{ rule: 'r', message: 'test is too large', line: 7, column: 1, step: 'split' }]} onChange={(change) => changes.push(change)} onFinding={() => undefined} />)
    expect(await screen.findByText('Line 7: test is too large')).toBeTruthy()
    await user.click(screen.getByRole('combobox', { name: 'Learns to predict' }))
    await user.click(await screen.findByRole('option', { name: 'A number', hidden: true }))
    expect(changes).toEqual([{ kind: 'set-goal', task: 'regression', positive: null }])
    await user.clear(screen.getByLabelText('Column to predict'))
    await user.type(screen.getByLabelText('Column to predict'), 'price')
    await waitFor(() => expect(changes.at(-1)).toEqual({ kind: 'set-goal', target: 'price' }))
  })
})

describe('choice of a new step', () => {
  it('finds kinds by what they do, by keys alone', async () => {
    const onAdd = vi.fn<(value: string) => void>()
    const { user } = renderPart(<AddStep opened kinds={kinds.kinds} after="split" onAdd={onAdd} onClose={() => undefined} />)
    const find = await screen.findByRole('textbox', { name: 'Find a step kind' })
    await user.type(find, 'train')
    expect(screen.queryByText('prepare/split')).toBeNull()
    await user.keyboard('{Enter}')
    expect(onAdd).toHaveBeenCalledWith('train/model')
  })
})

describe('a project without pipelines', () => {
  it('says what a pipeline is, and makes one', async () => {
    const engine = fakeEngine({ 'pipelines.list': { pipelines: [] }, 'pipelines.save': { revision: 'r' } })
    const { user, path } = renderPart(<PipelineScreen />, { engine, at: '/pipeline' })
    expect(await screen.findByText('No pipeline yet')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Start with an empty one' }))
    await user.type(await screen.findByLabelText('Name'), '../x')
    expect(screen.getByText('Letters, digits, ".", "-" and "_"')).toBeTruthy()
    await user.clear(screen.getByLabelText('Name'))
    await user.type(screen.getByLabelText('Name'), 'mine{Enter}')
    await waitFor(() => expect(path()).toContain('file=mine.yaml'))
    expect(engine.calls.find(({ name }) => name === 'pipelines.save')?.input).toEqual({ project: '/projects/churn', file: 'mine.yaml', text: 'name: "mine"\nsteps: []\n', basedOn: null })
  })

  it('does not write over one that is there', async () => {
    const engine = fakeEngine({
      'pipelines.list': { pipelines: [] },
      'pipelines.save': () => {
        throw new MillraceError({ code: 'conflict', headline: 'there', nextStep: 'choose' })
      },
    })
    const { user } = renderPart(<PipelineScreen />, { engine, at: '/pipeline' })
    await user.click(await screen.findByRole('button', { name: 'Start with an empty one' }))
    await user.type(await screen.findByLabelText('Name'), 'mine{Enter}')
    expect(await screen.findByText('There is a pipeline of this name already')).toBeTruthy()
  })

  it('says why the list cannot be read', async () => {
    const engine = fakeEngine({
      'pipelines.list': () => {
        throw new MillraceError({ code: 'invalid-project', headline: 'This folder is not a Millrace project', nextStep: 'Choose another.' })
      },
    })
    renderPart(<PipelineScreen />, { engine, at: '/pipeline' })
    expect(await screen.findByText('This folder is not a Millrace project')).toBeTruthy()
  })
})
