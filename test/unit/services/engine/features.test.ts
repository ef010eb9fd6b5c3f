import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/index.ts'
import { valueOf } from '#shared/contract/result.ts'
import { createAbortFlag } from '../../../../src/main/base/abort.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'
import { initProject, withProject } from '../../../../src/main/services/projects.ts'
import { runPipelineFile } from '../../../../src/main/services/runs.ts'

let folder: string
let project: string
let engine: Engine

const call = async <N extends MethodName>(name: N, input: MethodInput<N>): Promise<MethodOutput<N>> => valueOf(await engine.call(name, input)) as MethodOutput<N>

const pipeline = `
name: small
task: binary-classification
target: left
positive: "yes"
steps:
  - { id: ingest, uses: ingest/file, with: { path: data.csv } }
  - { id: prepared, uses: features/recipe, with: { drop: [noise] } }
`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-features-'))
  project = join(folder, 'p')
  await initProject(project)
  const rows = Array.from({ length: 400 }, (_, row) => [String(row % 40), ['red', 'green', 'blue'][row % 3], String(row % 7), row % 40 > 25 ? 'yes' : 'no', row % 11 === 0 ? '' : String(row % 5)].join(','))
  await writeFile(join(project, 'data.csv'), `age,colour,noise,left,visits\n${rows.join('\n')}\n`)
  await writeFile(join(project, 'small.yaml'), pipeline)
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const goal = { task: 'binary-classification' as const, target: 'left', positive: 'yes' }

async function about() {
  const { data, params } = await call('features.describe', { project, file: 'small.yaml' })
  return { project, data: data?.hash ?? '', goal, params }
}

describe('features', () => {
  it('say that no data entered the recipe before a run, and then which', async () => {
    expect(await call('features.describe', { project, file: 'small.yaml' })).toMatchObject({ step: 'prepared', goal, data: null, columns: [] })
    await withProject(project, (open) => runPipelineFile(open, { file: join(project, 'small.yaml'), set: [], force: [] }, { signal: createAbortFlag() }))
    const { data, columns } = await call('features.describe', { project, file: 'small.yaml' })
    expect(data).toMatchObject({ rows: 400, run: 'r0001' })
    expect(columns.map(({ name, enters, leftOut }) => [name, enters, leftOut])).toEqual([
      ['age', true, null], ['colour', true, null], ['noise', false, 'the recipe drops it'], ['left', false, 'it is the target'], ['visits', true, null],
    ])
  })

  it('fit the recipe of the file, or a draft of it', async () => {
    const input = await about()
    const fitted = await call('features.fit', input)
    expect(fitted).toMatchObject({ rows: 400, of: 400 })
    expect(fitted.outputs.find(({ column }) => column === 'colour')).toEqual({ column: 'colour', inputs: 3 })
    expect(fitted.inputs).toBe(fitted.outputs.reduce((sum, { inputs }) => sum + inputs, 0))
    const draft = await call('features.fit', { ...input, params: { drop: ['noise', 'colour'], formulas: { half: 'age / 2' } } })
    expect(draft.outputs.map(({ column }) => column)).toEqual(expect.arrayContaining(['age', 'half']))
    expect(draft.outputs.some(({ column }) => column === 'colour')).toBe(false)
  })

  it('show a column before and after, with the marked class', async () => {
    const input = { ...(await about()), params: { drop: ['noise'], columns: { age: ['scale'] } } }
    const { before, after, marked, inputs, samples } = await call('features.preview', { ...input, column: 'age' })
    expect({ marked, inputs }).toEqual({ marked: 'yes', inputs: 1 })
    expect(before).toMatchObject({ kind: 'numbers', missing: 0, mean: 19.5 })
    expect(before.kind === 'numbers' && before.marked?.reduce((sum, count) => sum + count, 0)).toBe(140)
    expect(after[0]?.distribution).toMatchObject({ mean: expect.closeTo(0, 6) as number, deviation: expect.closeTo(1, 6) as number })
    expect(samples.length).toBeGreaterThan(3)
    expect((await call('features.preview', { ...input, column: 'noise' })).inputs).toBe(0)
  })

  it('check a formula and show what it makes', async () => {
    const input = await about()
    expect(await call('features.formula', { ...input, name: 'ratio', text: 'age / max(visits, 1)' })).toMatchObject({ problem: null, type: 'number', distribution: { kind: 'numbers' } })
    expect(await call('features.formula', { ...input, name: 'ratio', text: 'agee / 2' })).toMatchObject({ problem: expect.stringContaining('Did you mean "age"?') as string, distribution: null })
    expect(await call('features.formula', { ...input, name: 'age', text: 'visits' })).toMatchObject({ problem: expect.any(String) as string })
  })

  it('know the data of a project that was copied', async () => {
    const copy = join(folder, 'copy')
    cpSync(project, copy, { recursive: true })
    expect((await call('features.describe', { project: copy, file: 'small.yaml' })).data).toMatchObject({ run: 'r0001' })
    expect(await call('pipelines.list', { project: copy })).toMatchObject({ pipelines: [{ file: 'small.yaml', lastRun: { run: 'r0001' } }] })
  })

  it('name what is wrong with the parameters', async () => {
    const input = await about()
    expect(await engine.call('features.fit', { ...input, params: { columns: { agee: ['scale'] } } })).toMatchObject({ ok: false, error: { code: 'invalid-parameter', message: expect.stringContaining('Did you mean "age"?') as string } })
    expect(await engine.call('features.fit', { ...input, params: { preset: 'all' } })).toMatchObject({ ok: false, error: { code: 'invalid-parameter' } })
    expect(await engine.call('features.fit', { ...input, data: '0'.repeat(64) })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
