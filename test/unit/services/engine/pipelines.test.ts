import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../../../src/shared/contract/event.ts'
import type { MethodInput, MethodName, MethodOutput } from '../../../../src/shared/contract/index.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'
import { createProject } from '../../../../src/main/store/project.ts'

const text = `# small
name: small
steps:
  - { id: ingest, uses: ingest/file, with: { path: rows.csv } }
  - id: clean
    uses: prepare/clean   # tidy
  - { id: split, uses: prepare/split, with: { test: 0.5 } }
`

let folder: string
let project: string
let engine: Engine
const events: EngineEvent[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-pipelines-'))
  project = join(folder, 'my project')
  const made = await createProject(project)
  made.close()
  await writeFile(join(project, 'rows.csv'), `n,word\n${Array.from({ length: 60 }, (_, row) => `${String(row)},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n')}\n`)
  await writeFile(join(project, 'small.yaml'), text)
  await writeFile(join(project, 'notes.yml'), 'todo: nothing\n')
  await writeFile(join(project, 'broken.yaml'), 'steps:\n  - {')
  await mkdir(join(project, 'more', 'deep', 'deeper'), { recursive: true })
  await writeFile(join(project, 'more', 'deep', 'other.yaml'), 'steps:\n  - { id: a, uses: ingest/fiel, with: { path: x } }\n')
  await writeFile(join(project, 'more', 'deep', 'deeper', 'hidden.yaml'), text)
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: folder })
  engine.subscribe((event) => events.push(event))
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

async function call<N extends MethodName>(name: N, input: MethodInput<N>): Promise<MethodOutput<N>> {
  const result = await engine.call(name, input)
  if (!result.ok) throw Object.assign(new Error(result.error.message), { data: result.error })
  return result.value as MethodOutput<N>
}

const refused = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) as unknown }) as Error

describe('pipelines of a project', () => {
  it('lists files that hold a pipeline, also those that may not run', async () => {
    const { pipelines } = await call('pipelines.list', { project })
    expect(pipelines.map(({ file, name, steps, problems }) => [file, name, steps, problems])).toEqual([
      ['broken.yaml', 'broken', 0, 1],
      ['more/deep/other.yaml', 'other', 1, 1],
      ['small.yaml', 'small', 3, 0],
    ])
  })

  it('checks and changes a text without writing it', async () => {
    const { text: changed, step } = await call('pipelines.edit', { project, file: 'small.yaml', text, change: { kind: 'set-param', step: 'split', path: ['test'], value: 0.25 } })
    expect(step).toBe('split')
    expect(changed).toBe(text.replace('0.5', '0.25'))
    expect(await call('pipelines.check', { project, file: 'small.yaml', text: changed })).toMatchObject({ valid: true, outline: { steps: [{ key: 'ingest' }, { key: 'clean' }, { key: 'split' }] } })
    expect(await readFile(join(project, 'small.yaml'), 'utf8')).toBe(text)
  })

  it('describes every step kind with the schema of its parameters', async () => {
    const { kinds, estimators, metrics } = await call('pipelines.kinds', {})
    expect(kinds.find(({ id }) => id === 'prepare/split')).toMatchObject({ stage: 'prepare', schema: { properties: { test: { default: 0.25, description: expect.any(String) as string } } } })
    expect(estimators.find(({ id }) => id === 'gradient-boosting')?.schema).toHaveProperty('properties')
    expect(estimators.map(({ id }) => id)).not.toContain('convnet') // nothing in a project says yet that columns are pixels
    expect(metrics.map(({ id }) => id)).toContain('roc_auc')
  })

  it('saves a file only as it was when it was read', async () => {
    const { revision, text: read } = await call('pipelines.read', { project, file: 'small.yaml' })
    expect(read).toBe(text)
    await writeFile(join(project, 'small.yaml'), `${text}# mine\n`)
    await expect(call('pipelines.save', { project, file: 'small.yaml', text, basedOn: revision })).rejects.toThrow(refused('conflict'))
    expect(await readFile(join(project, 'small.yaml'), 'utf8')).toBe(`${text}# mine\n`)
    const now = await call('pipelines.read', { project, file: 'small.yaml' })
    const saved = await call('pipelines.save', { project, file: 'small.yaml', text, basedOn: now.revision })
    expect(saved.revision).toBe(revision)
    expect(events).toContainEqual({ topic: 'project', project, changed: ['pipelines'] })
    await expect(call('pipelines.save', { project, file: 'small.yaml', text, basedOn: null })).rejects.toThrow(refused('conflict'))
    await expect(call('pipelines.save', { project, file: 'gone.yaml', text, basedOn: revision })).rejects.toThrow('Nothing was written')
    await call('pipelines.save', { project, file: 'new/one.yaml', text, basedOn: null })
    expect(await readFile(join(project, 'new', 'one.yaml'), 'utf8')).toBe(text)
  })

  it('writes through a link', async () => {
    await writeFile(join(folder, 'shared.yaml'), text)
    await symlink(join(folder, 'shared.yaml'), join(project, 'link.yaml'))
    const { revision } = await call('pipelines.read', { project, file: 'link.yaml' })
    await call('pipelines.save', { project, file: 'link.yaml', text: `${text}# more\n`, basedOn: revision })
    expect(await readFile(join(folder, 'shared.yaml'), 'utf8')).toBe(`${text}# more\n`)
    await rm(join(project, 'link.yaml'))
  })

  it.each(['../outside.yaml', '/etc/passwd', 'artifacts/x.yaml', 'project.db', 'a/../../x.yaml', 'C:\\x.yaml', 'x.yaml\0.yaml'])('reaches no other file: %s', async (file) => {
    await expect(call('pipelines.read', { project, file })).rejects.toThrow(refused('refused'))
    await expect(call('pipelines.save', { project, file, text, basedOn: null })).rejects.toThrow(refused('refused'))
  })

  it('makes a pipeline that may run', async () => {
    const made = await call('pipelines.create', { project, name: 'Größe & more', source: { path: join(project, 'rows.csv') }, task: 'binary-classification', target: 'word', positive: 'yes', drop: ['n, too'] })
    expect(made.file).toBe('Gro-e-more.yaml')
    expect(made.text).toContain('with: { path: rows.csv }')
    expect(made.text).toContain('positive: "yes"')
    expect(await call('pipelines.check', { project, file: made.file, text: made.text })).toMatchObject({ valid: true, outline: { name: 'Größe & more', target: 'word' } })
    await expect(call('pipelines.create', { project, name: 'Größe & more', source: { dataset: 'rows' }, task: 'regression', target: 'n' })).rejects.toThrow(refused('already-exists'))
    const other = await call('pipelines.create', { project, name: 'from a dataset', source: { dataset: 'rows', version: 1 }, task: 'regression', target: 'n' })
    expect(await call('pipelines.check', { project, file: other.file, text: other.text })).toMatchObject({ valid: true })
  })

  it('runs a file as a job, plans the next run, and shows what steps took and made', async () => {
    const planned = await call('pipelines.plan', { project, file: 'small.yaml', text })
    expect(planned.steps.map(({ decision }) => decision)).toEqual(['run', 'run', 'run'])
    expect(planned.memoryBytes).toBeGreaterThan(0)
    const { job } = await call('pipelines.run', { project, file: 'small.yaml' })
    await expect.poll(async () => (await call('activity.get', { job })).state, { timeout: 60_000 }).toBe('succeeded')
    expect(await call('activity.get', { job })).toMatchObject({ kind: 'run', title: 'Run small', run: 'r0001', pipelineFile: join(project, 'small.yaml'), result: { status: 'succeeded' } })
    const { pipelines } = await call('pipelines.list', { project })
    expect(pipelines.find(({ file }) => file === 'small.yaml')?.lastRun).toMatchObject({ run: 'r0001', status: 'succeeded' })
    expect((await call('pipelines.plan', { project, file: 'small.yaml', text })).steps.map(({ decision }) => decision)).toEqual(['reuse', 'reuse', 'reuse'])
    const changed = await call('pipelines.plan', { project, file: 'small.yaml', text, set: ['split.test=0.3'] })
    expect(changed.steps[2]).toMatchObject({ decision: 'run', changed: [{ part: 'params.test' }] })
    const { inputs, outputs } = await call('pipelines.artifacts', { project, run: 'r0001', step: 'split' })
    expect(inputs).toMatchObject([{ name: 'data', kind: 'dataset', about: '60 rows, 2 columns', columns: ['n', 'word'], from: 'clean' }])
    expect(outputs.map(({ name, kind }) => [name, kind])).toEqual([['test', 'dataset'], ['train', 'dataset']])
    const ingested = await call('pipelines.artifacts', { project, run: 'latest', step: 'ingest' })
    expect(ingested.outputs).toMatchObject([{ dataset: { name: 'small', version: 1 } }])
  })

  it('knows the runs of a project that was moved', async () => {
    const moved = join(folder, 'moved')
    await cp(project, moved, { recursive: true })
    const { pipelines } = await call('pipelines.list', { project: moved })
    expect(pipelines.map(({ file, lastRun }) => [file, lastRun?.run])).toContainEqual(['small.yaml', 'r0001'])
    expect(pipelines.find(({ file }) => file === 'new/one.yaml')?.lastRun).toBeNull()
  })

  it('tells why a file may not run', async () => {
    await expect(call('pipelines.plan', { project, file: 'broken.yaml', text: 'steps: [' })).rejects.toThrow(refused('invalid-pipeline'))
    await expect(call('pipelines.plan', { project, file: 'small.yaml', text, force: ['nothing'] })).rejects.toThrow(refused('usage'))
    const { job } = await call('pipelines.run', { project, file: 'broken.yaml' })
    await expect.poll(async () => (await call('activity.get', { job })).state, { timeout: 60_000 }).toBe('failed')
    expect(await call('activity.get', { job })).toMatchObject({ error: { code: 'invalid-pipeline' } })
  })
})
