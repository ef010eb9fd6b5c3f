import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importedDatasetSchema } from '#shared/contract/datasets.ts'
import { contract, type MethodInput, type MethodName, type MethodOutput } from '#shared/contract/index.ts'
import type { Method } from '#shared/contract/method.ts'
import { valueOf } from '#shared/contract/result.ts'
import type { Job } from '#shared/domain/job.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'
import { initProject } from '../../../../src/main/services/projects.ts'
import { failure } from '../../data/data-folder.ts'

let folder: string
let project: string
let engine: Engine
let imported: Job

async function call<N extends MethodName>(name: N, input: MethodInput<N>): Promise<MethodOutput<N>> {
  const value = valueOf(await engine.call(name, input))
  const [domain, member] = name.split('.') as [keyof typeof contract, string]
  return (contract[domain] as Readonly<Record<string, Method>>)[member]?.output.parse(value) as MethodOutput<N>
}

/** Starts work and waits for its end. */
async function finish(started: Promise<{ job: string }>): Promise<Job> {
  const { job } = await started
  return new Promise((resolve) => {
    const check = async (): Promise<void> => {
      const now = await call('activity.get', { job })
      if (now.state === 'queued' || now.state === 'running') setTimeout(() => void check(), 30)
      else resolve(now)
    }
    void check()
  })
}

const rows = 400
const people = (count: number): string => `person_id,age,city,joined,zip,left\n${Array.from({ length: count }, (_, i) => `${String(i + 1)},${i % 50 === 0 ? '' : String(18 + ((i * 37) % 60))},${['Lyon', 'Nice', '=1+1', '<b>Paris</b>'][i % 4] ?? ''},2024-0${String(1 + (i % 9))}-11,${String(10000 + (i % 90))},${i % 3 === 0 ? 'yes' : 'no'}`).join('\n')}\n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace datasets '))
  project = join(folder, 'project')
  await initProject(project)
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
  await writeFile(join(folder, 'people.csv'), people(rows))
  imported = await finish(call('datasets.import', { project, paths: [join(folder, 'people.csv')] }))
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

const which = () => ({ project, dataset: 'people' })

describe('datasets in the window', () => {
  it('are read from files', () => {
    expect(imported).toMatchObject({ state: 'succeeded', kind: 'import', title: 'Import people.csv' })
    expect(importedDatasetSchema.parse(imported.result)).toMatchObject({ dataset: 'people', version: 1, rows, reused: false })
  })

  it('are listed and described', async () => {
    expect((await call('datasets.list', { project })).datasets).toMatchObject([{ dataset: 'people', version: 1, rows, columns: 6 }])
    const described = await call('datasets.describe', which())
    expect(described.columns.map(({ name, type, role }) => `${name} ${type} ${role}`)).toEqual(['person_id integer identifier', 'age integer feature', 'city category feature', 'joined datetime feature', 'zip integer feature', 'left boolean feature'])
    expect(described).toMatchObject({ report: { format: 'delimited', delimiter: ',', header: true }, versions: [{ version: 1, changes: [] }], goal: null, ingest: { pipeline: null, types: {} } })
    expect(described.memory.budgetBytes).toBeGreaterThan(described.memory.bytes)
    expect(await failure(call('datasets.describe', { project, dataset: 'peopel' }))).toMatchObject({ code: 'not-found', message: 'It has: people.' })
  })

  it('are shown page by page, sorted and filtered, columns as typed arrays', async () => {
    const order = { sort: [{ column: 'age', descending: true }], filter: [{ column: 'city', operator: '=' as const, value: 'Lyon' }] }
    const page = await call('datasets.rows', { ...which(), order, columns: ['age', 'city'], offset: 0, rows: 5 })
    expect(page.columns[0]).toMatchObject({ kind: 'number', name: 'age' })
    expect([...(page.columns[0]?.values ?? [])]).toEqual([...(page.columns[0]?.values ?? [])].toSorted((a, b) => Number(b) - Number(a)))
    expect(page.columns[1]?.values).toEqual(['Lyon', 'Lyon', 'Lyon', 'Lyon', 'Lyon'])
    expect(await call('datasets.count', { ...which(), order })).toEqual({ total: 100 })
    expect(await call('datasets.find', { ...which(), order: {}, columns: ['city'], text: 'PARIS', from: 4 })).toEqual({ row: 7, matches: 100, before: 1 })
    expect(await call('datasets.cell', { ...which(), order: {}, column: 'city', row: 3 })).toEqual({ value: '<b>Paris</b>' })
    const wrong = { sort: [], filter: [{ column: 'age', operator: '>' as const, value: 'many' }] }
    expect(await failure(call('datasets.rows', { ...which(), order: wrong, columns: ['age'], offset: 0, rows: 5 }))).toMatchObject({ code: 'invalid-parameter', details: { column: 'age' } })
    expect(await failure(call('datasets.rows', { ...which(), columns: ['aeg'], offset: 0, rows: 5 }))).toMatchObject({ code: 'invalid-parameter' })
  })

  it('give up the rows of a view that another one took the place of', async () => {
    const ask = (column: string) => call('datasets.rows', { ...which(), grid: 'g1', order: { sort: [{ column, descending: false }] }, columns: ['age'], offset: 0, rows: 5 })
    const [first, second] = await Promise.allSettled([ask('age'), ask('zip')])
    expect(second.status).toBe('fulfilled')
    if (first.status === 'rejected') expect(await failure(Promise.reject(first.reason as Error))).toMatchObject({ code: 'cancelled' })
  })

  it('say what their columns are like, by class of a target, and keep a profile', async () => {
    const { columns } = await call('datasets.columnSummary', { ...which(), columns: ['age', 'city'] })
    expect(columns).toMatchObject([{ name: 'age', missing: 8, numbers: { whole: true } }, { name: 'city', distinct: 4, top: [{ count: 100 }, {}, {}, {}] }])
    const split = await call('datasets.columnByTarget', { ...which(), column: 'age', target: 'left' })
    expect(split.classes).toEqual(['no', 'yes'])
    const bins = columns[0]?.numbers?.histogram.counts ?? []
    expect(bins.map((_, i) => (split.counts[0]?.[i] ?? 0) + (split.counts[1]?.[i] ?? 0))).toEqual(bins)
    const cities = await call('datasets.columnByTarget', { ...which(), column: 'city', target: 'left' })
    expect(cities.counts.flat().reduce((sum, n) => sum + n, 0)).toBe(rows)
    expect(await call('datasets.columnByTarget', { ...which(), column: 'city', target: 'age' })).toEqual({ classes: [], counts: [] })
    expect(await call('datasets.storedProfile', which())).toEqual({ run: null, profile: null })
    expect(await finish(call('datasets.profile', { ...which(), target: 'left' }))).toMatchObject({ state: 'succeeded', result: { dataset: 'people', version: 1, reused: false } })
    const stored = await call('datasets.storedProfile', { ...which(), target: 'left' })
    expect(stored.profile).toMatchObject({ rows, target: 'left' })
    expect(await call('datasets.storedProfile', { ...which(), target: 'age' })).toEqual({ run: null, profile: null })
    expect((await call('datasets.columnSummary', { ...which(), columns: ['age'] })).columns[0]?.target).not.toBeNull()
  })

  it('are read again with other types and roles, as a version that says what changed', async () => {
    const job = await finish(call('datasets.retype', { ...which(), types: { zip: 'category' }, roles: { joined: 'ignore' } }))
    expect(importedDatasetSchema.parse(job.result)).toMatchObject({ dataset: 'people', version: 2 })
    const described = await call('datasets.describe', which())
    expect(described.columns.find(({ name }) => name === 'zip')).toMatchObject({ type: 'category', reason: 'set by the user' })
    expect(described.columns.find(({ name }) => name === 'joined')).toMatchObject({ role: 'ignore' })
    expect(described.versions[0]?.changes).toEqual(['1 type changed: zip integer → category', '1 role changed: joined feature → ignore'])
    expect(described.ingest).toMatchObject({ types: { zip: 'category' }, roles: { joined: 'ignore' } })
    const back = await finish(call('datasets.retype', { ...which(), types: { zip: 'auto' }, roles: { joined: 'feature' } }))
    expect(importedDatasetSchema.parse(back.result).columns.find(({ name }) => name === 'zip')?.type).toBe('integer')
    expect(await finish(call('datasets.retype', { ...which(), types: { city: 'decimal' } }))).toMatchObject({ state: 'failed', error: { code: 'invalid-data', details: { column: 'city', row: 1 } } })
  })

  it('are written to CSV with formulas guarded, and to Parquet', async () => {
    const order = { sort: [{ column: 'person_id', descending: true }], filter: [{ column: 'person_id', operator: '<=' as const, value: '4' }] }
    const csv = join(folder, 'out.csv')
    expect(await finish(call('datasets.export', { ...which(), order, columns: ['person_id', 'city'], output: csv, format: 'csv' }))).toMatchObject({ state: 'succeeded', kind: 'export', result: { rows: 4 } })
    expect(await readFile(csv, 'utf8')).toBe("person_id,city\n4,<b>Paris</b>\n3,'=1+1\n2,Nice\n1,Lyon\n")
    const parquet = join(folder, 'out.parquet')
    expect(await finish(call('datasets.export', { ...which(), order, output: parquet, format: 'parquet' }))).toMatchObject({ state: 'succeeded', result: { rows: 4 } })
    const preview = await call('datasets.preview', { paths: [parquet] })
    expect(preview.columns[0]?.values).toEqual(Float64Array.of(4, 3, 2, 1))
    expect(await failure(call('datasets.export', { ...which(), output: 'out.csv', format: 'csv' }))).toMatchObject({ code: 'invalid-parameter' })
    expect(await finish(call('datasets.export', { ...which(), output: join(project, 'project.db'), format: 'csv' }))).toMatchObject({ state: 'failed', error: { headline: 'The output would replace a part of the project' } })
  })
})

describe('a preview of a file', () => {
  it('shows rows, types, how it is read and what could be predicted, and records nothing', async () => {
    const preview = await call('datasets.preview', { paths: [join(folder, 'people.csv')], types: { zip: 'category' } })
    expect(preview).toMatchObject({ shown: 200, whole: true, rows, report: { encoding: 'ascii', delimiter: ',' } })
    expect(preview.schema.find(({ name }) => name === 'zip')?.type).toBe('category')
    expect(preview.targets[0]).toEqual({ column: 'left', task: 'binary-classification', reason: 'the last column, 2 classes' })
    expect((await call('runs.list', { project, all: true })).runs.every(({ pipeline }) => pipeline !== 'preview')).toBe(true)
  })

  it('reads only the beginning of a large text', async () => {
    const large = join(folder, 'large.csv')
    await writeFile(large, 'n,text\n')
    for (let part = 0; part < 12; part++) await appendFile(large, Array.from({ length: 20_000 }, (_, i) => `${String(part * 20_000 + i)},"some words, and\nmore in row ${String(i % 1000)}"\n`).join(''))
    const preview = await call('datasets.preview', { paths: [large] })
    expect(preview).toMatchObject({ shown: 200, whole: false })
    expect(preview.rows).toBeGreaterThan(200_000)
    expect(preview.rows).toBeLessThan(280_000)
  })

  it('refuses what an import refuses, with the same words', async () => {
    expect(await failure(call('datasets.preview', { paths: [join(folder, 'nowhere.csv')] }))).toMatchObject({ code: 'not-found', headline: 'The file does not exist' })
    const empty = join(folder, 'empty.csv')
    await writeFile(empty, '')
    expect(await failure(call('datasets.preview', { paths: [empty] }))).toMatchObject({ headline: 'The file is empty' })
    const ragged = join(folder, 'ragged.csv')
    await writeFile(ragged, 'a,b\n1,2\n3\n4,5\n')
    const refusal = await failure(call('datasets.preview', { paths: [ragged] }))
    expect(refusal).toMatchObject({ headline: 'A line has the wrong number of fields', details: { line: 3 } })
    expect(refusal.nextStep).toContain('Or give "Short lines: fill with missing"')
    expect((await finish(call('datasets.import', { project, paths: [ragged] }))).error).toMatchObject({ headline: refusal.headline, message: refusal.message, nextStep: refusal.nextStep })
    expect(await call('datasets.preview', { paths: [ragged], reading: { ragged: 'pad' } })).toMatchObject({ rows: 3 })
  })
})
