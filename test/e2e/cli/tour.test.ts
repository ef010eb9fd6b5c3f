import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, awkwardFolder, millrace } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

const metrics = z.looseObject({ roc_auc: z.number() })
const modelRef = z.strictObject({ name: z.string(), version: z.int(), hash: z.string() })
const json = z.literal(1)
const runSchema = z.strictObject({
  json,
  run: z.string(),
  pipeline: z.string(),
  status: z.literal('succeeded'),
  seconds: z.number(),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      uses: z.string(),
      status: z.string(),
      seconds: z.number(),
      cache: z.strictObject({ hit: z.boolean(), reason: z.string() }),
    }),
  ),
  metrics,
  baseline: metrics,
  model: modelRef,
  deployment: z.literal('small'),
  error: z.null(),
})
const importSchema = z.strictObject({
  json,
  dataset: z.string(),
  version: z.int(),
  hash: z.string(),
  run: z.string(),
  reused: z.boolean(),
  rows: z.int(),
  columns: z.array(
    z.strictObject({ name: z.string(), type: z.string(), role: z.string(), missing: z.int(), distinct: z.int(), reason: z.string() }),
  ),
  source: z.looseObject({
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    header: z.boolean().nullable(),
    decimal: z.string().nullable(),
  }),
  findings: z.array(z.looseObject({ message: z.string() })),
})
const explanationSchema = z.strictObject({
  json,
  run: z.string(),
  step: z.string(),
  hit: z.boolean(),
  reason: z.string().min(1),
  changed: z.array(z.strictObject({ part: z.string(), from: z.string(), to: z.string() })),
  producedBy: z.string().nullable(),
})
const predictSchema = z.strictObject({ json, rows: z.int(), output: z.string(), model: modelRef, seconds: z.number() })
const devicesSchema = z.strictObject({
  json,
  chosen: z.string().nullable(),
  why: z.string().min(1),
  cards: z.array(z.strictObject({ name: z.string(), driver: z.string(), memoryBytes: z.int().nullable() })),
  backends: z.array(
    z.strictObject({
      id: z.string(),
      available: z.boolean(),
      selfTest: z.enum(['passed', 'failed', 'not run']),
      reason: z.string().min(1),
      nextStep: z.string(),
      testedAt: z.number(),
      devices: z.array(z.strictObject({ name: z.string(), memoryBytes: z.int().nullable(), threads: z.int() })),
    }),
  ),
})

describe('the tour, in a folder with an awkward name', () => {
  let folder: Awaited<ReturnType<typeof awkwardFolder>>
  let project: string

  beforeAll(async () => {
    folder = await awkwardFolder()
    project = join(folder.path, 'my project')
    await mkdir(folder.path, { recursive: true })
  })
  afterAll(() => folder.remove())

  it('init makes a project', async () => {
    const made = await ask(z.looseObject({ json, path: z.string(), files: z.array(z.string()) }), folder.path, 'init', 'my project')
    expect(made).toMatchObject({ path: project, files: [] })
    await writeFile(join(project, 'data.csv'), smallRows(400, { label: true }))
    await writeFile(join(project, 'new rows.csv'), smallRows(50, { label: false, seed: 8 }))
    await writeFile(join(project, 'small.yaml'), smallPipeline())
  })

  it('import says what is in a file, and reuses it the second time', async () => {
    const first = await ask(importSchema, project, 'import', 'data.csv', '--name', 'people')
    expect(first).toMatchObject({ dataset: 'people', version: 1, rows: 400, reused: false, source: { delimiter: ',', header: true } })
    expect(first.columns.map((column) => [column.name, column.role])).toEqual([['id', 'identifier'], ['x', 'feature'], ['colour', 'feature'], ['label', 'feature']])
    const again = await ask(importSchema, project, 'import', 'data.csv', '--name', 'people')
    expect(again).toMatchObject({ version: 1, hash: first.hash, reused: true })
    const listed = await ask(z.looseObject({ datasets: z.array(z.looseObject({ dataset: z.string(), rows: z.int() })) }), project, 'datasets')
    expect(listed.datasets).toMatchObject([{ dataset: 'people', rows: 400 }])
  })

  it('run trains, evaluates and deploys; the model beats the baseline', async () => {
    const run = await ask(runSchema, project, 'run', 'small.yaml')
    expect(run.steps.map((step) => step.status)).toEqual(Array(7).fill('succeeded'))
    expect(run.metrics.roc_auc).toBeGreaterThan(run.baseline.roc_auc + 0.3)
    expect(run.model).toMatchObject({ name: 'small', version: 1 })
  })

  it('run again reuses every step, from anywhere', async () => {
    const again = await ask(runSchema, folder.path, 'run', join('my project', 'small.yaml'))
    expect(again.steps.every((step) => step.cache.hit)).toBe(true)
    expect(again.model.version).toBe(1)
  })

  it('run --dry-run says what would run and why, and runs nothing', async () => {
    const forecastSchema = z.looseObject({ steps: z.array(z.looseObject({ step: z.string(), decision: z.string(), reason: z.string() })), memoryBytes: z.number() })
    const same = await ask(forecastSchema, project, 'run', 'small.yaml', '--dry-run')
    expect(same.steps.map(({ decision }) => decision)).toEqual(Array(7).fill('reuse'))
    const changed = await ask(forecastSchema, project, 'run', 'small.yaml', '--dry-run', '--set', 'train.estimator=baseline')
    expect(changed.steps[4]).toMatchObject({ step: 'train', decision: 'run', reason: expect.stringContaining('parameter estimator changed from linear to baseline') as string })
    const { runs } = await ask(z.looseObject({ runs: z.array(z.looseObject({ run: z.string() })) }), project, 'runs')
    expect(runs.map(({ run }) => run)).not.toContain('r0005')
  })

  it('run with one parameter changed runs only what depends on it, and explain says why', async () => {
    const changed = await ask(runSchema, project, 'run', 'small.yaml', '--set', 'train.estimator=baseline')
    expect(changed.steps.map((step) => [step.id, step.cache.hit])).toEqual([
      ['ingest', true], ['clean', true], ['split', true], ['features', true], ['train', false], ['evaluate', false], ['deploy', false],
    ])
    const train = await ask(explanationSchema, project, 'explain', changed.run, 'train')
    expect(train).toMatchObject({ hit: false, changed: [{ part: 'params.estimator', from: 'linear', to: 'baseline' }], producedBy: null })
    const clean = await ask(explanationSchema, project, 'explain', 'latest', 'clean')
    expect(clean).toMatchObject({ hit: true, changed: [], producedBy: expect.stringMatching(/^r\d{4}$/) })
  })

  it('run --force runs a step although nothing changed', async () => {
    const forced = await ask(runSchema, project, 'run', 'small.yaml', '--force', 'features')
    expect(forced.steps.filter((step) => !step.cache.hit).map((step) => step.id)).toEqual(['features'])
  })

  it('runs lists, shows and compares', async () => {
    const { runs } = await ask(z.looseObject({ runs: z.array(z.looseObject({ run: z.string(), status: z.string() })) }), project, 'runs')
    expect(runs.length).toBeGreaterThanOrEqual(5)
    expect(runs.map((run) => run.run)).toEqual(runs.map((run) => run.run).toSorted().reverse())
    const shown = await ask(z.looseObject({ run: z.looseObject({ steps: z.array(z.looseObject({ id: z.string() })) }) }), project, 'runs', 'show', 'latest')
    expect(shown.run.steps).toHaveLength(7)
    const comparison = await ask(
      z.looseObject({ params: z.array(z.looseObject({ step: z.string(), param: z.string(), differs: z.boolean() })) }),
      project, 'runs', 'compare', 'r0003', 'r0005',
    )
    expect(comparison.params.find((row) => row.step === 'train' && row.param === 'estimator')).toMatchObject({ differs: true })
  })

  it('models lists versions and shows what one learnt', async () => {
    const { models } = await ask(z.looseObject({ models: z.array(z.looseObject({ name: z.string(), version: z.int(), deployments: z.array(z.string()) })) }), project, 'models')
    expect(models.map((model) => model.version)).toEqual([2, 1])
    expect(models.flatMap((model) => model.deployments)).toEqual(['small'])
    const { model } = await ask(z.looseObject({ model: z.looseObject({ classes: z.array(z.string()), positive: z.string() }) }), project, 'models', 'show', 'small@1')
    expect(model).toMatchObject({ classes: ['no', 'yes'], positive: 'yes', inputs: [{ name: 'x' }, { name: 'colour' }] })
  })

  it('predict writes one line per row, in order', async () => {
    const done = await ask(predictSchema, project, 'predict', '--deployment', 'small', '--input', 'new rows.csv', '--output', 'out put.csv')
    expect(done).toMatchObject({ rows: 50, output: join(project, 'out put.csv'), model: { name: 'small', version: 1 } })
    const lines = (await readFile(join(project, 'out put.csv'), 'utf8')).trimEnd().split('\n')
    expect(lines[0]).toBe('prediction,p_no,p_yes')
    expect(lines).toHaveLength(51)
    for (const line of lines.slice(1)) {
      const [prediction, no, yes] = line.split(',')
      expect(Number(no) + Number(yes)).toBeCloseTo(1, 9)
      expect(prediction).toBe(Number(yes) >= 0.5 ? 'yes' : 'no')
    }
  })

  it('predict --keep-input keeps every cell as it reads, before the predictions', async () => {
    await millrace(project, 'predict', '--model', 'small@1', '--input', 'new rows.csv', '--output', 'kept.csv', '--keep-input')
    const given = (await readFile(join(project, 'new rows.csv'), 'utf8')).trimEnd().split('\n')
    const kept = (await readFile(join(project, 'kept.csv'), 'utf8')).trimEnd().split('\n')
    expect(kept[0]).toBe('id,x,colour,prediction,p_no,p_yes')
    expect(kept.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual(given.slice(1))
  })

  it('predict keeps the order over many blocks, and gives a row the same prediction wherever it stands', async () => {
    const rows = smallRows(45_000, { label: false, seed: 8 })
    await writeFile(join(project, 'many.csv'), rows)
    const done = await ask(predictSchema, project, 'predict', '--model', 'small@1', '--input', 'many.csv', '--output', 'many-out.csv', '--keep-input')
    expect(done.rows).toBe(45_000)
    const lines = (await readFile(join(project, 'many-out.csv'), 'utf8')).trimEnd().split('\n')
    expect(lines.slice(1).map((line) => line.slice(0, line.indexOf(',')))).toEqual(Array.from({ length: 45_000 }, (_, i) => `k${String(i)}`))
    // The first 50 rows are those of "new rows.csv".
    expect(lines.slice(0, 51)).toEqual((await readFile(join(project, 'kept.csv'), 'utf8')).trimEnd().split('\n'))
  })

  it('predict of a file without rows is a file without predictions', async () => {
    await writeFile(join(project, 'none.csv'), 'id,x,colour\n')
    const done = await ask(predictSchema, project, 'predict', '--model', 'small@1', '--input', 'none.csv', '--output', 'none-out.csv')
    expect(done.rows).toBe(0)
    expect(await readFile(join(project, 'none-out.csv'), 'utf8')).toBe('prediction,p_no,p_yes\n')
  })

  it('runs delete frees a run and keeps what a deployment serves', async () => {
    const deletion = await ask(z.looseObject({ run: z.string(), kept: z.array(z.string()) }), project, 'runs', 'delete', 'r0003')
    expect(deletion.run).toBe('r0003')
    const after = await ask(predictSchema, project, 'predict', '--deployment', 'small', '--input', 'new rows.csv', '--output', 'after.csv')
    expect(after.rows).toBe(50)
  })

  it('leaves no temporary files behind', async () => {
    expect((await readdir(project)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    expect(await readdir(join(project, 'artifacts', 'tmp'))).toEqual([])
  })

  it('prints results for people on standard output and progress on standard error', async () => {
    const { code, out, err } = await millrace(project, 'run', 'small.yaml')
    expect(code).toBe(0)
    expect(out).toContain('Scores on rows that the model has never seen')
    expect(err).toContain('✓ train')
    expect(err).not.toMatch(/warning/i)
  })

  it('devices tells what was tried and chosen', async () => {
    const devices = await ask(devicesSchema, project, 'devices')
    expect(devices.backends.map((backend) => backend.id)).toEqual(['tensorflow', 'webgpu', 'wasm', 'wasm-simd', 'cpu'])
    for (const id of ['wasm', 'wasm-simd', 'cpu']) expect(devices.backends.find((backend) => backend.id === id)).toMatchObject({ available: true, selfTest: 'passed' })
    expect(devices.backends.find(({ id }) => id === devices.chosen)).toMatchObject({ selfTest: 'passed' })
  })

  it('steps lists the step kinds with their parameters', async () => {
    const { steps } = await ask(z.looseObject({ steps: z.array(z.looseObject({ id: z.string(), parameters: z.array(z.looseObject({ name: z.string() })) })) }), project, 'steps', 'prepare/split')
    expect(steps.map(({ id }) => id)).toEqual(['prepare/split'])
    expect(steps[0]?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['test', 'stratify', 'group', 'time', 'folds', 'seed']))
  })
})

describe('the demo', () => {
  it('goes from nothing to predictions, and reuses the sample at the second start', async () => {
    const folder = await awkwardFolder()
    try {
      await mkdir(folder.path, { recursive: true })
      const first = await millrace(folder.path, 'demo')
      expect(first).toMatchObject({ code: 0 })
      expect(first.out).toContain('500 new customers scored')
      const sample = join(folder.path, 'millrace-sample')
      await access(join(sample, 'predictions.csv'))
      const second = await millrace(folder.path, 'demo')
      expect(second.code).toBe(0)
      expect(second.err).toContain('is there already')
      expect(second.err.match(/reused/g)?.length).toBeGreaterThanOrEqual(7)
      // What it says to do next can be copied.
      const command = /millrace\.js'? (runs --project \S+)/.exec(second.out)
      expect(command).not.toBeNull()
      expect(await millrace(folder.path, ...(command?.[1] ?? '').split(' '))).toMatchObject({ code: 0 })
    } finally {
      await folder.remove()
    }
  })
})
