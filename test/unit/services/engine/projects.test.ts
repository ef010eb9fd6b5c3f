import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineEvent } from '#shared/contract/event.ts'
import type { ProjectSummary } from '#shared/contract/projects.ts'
import { valueOf } from '#shared/contract/result.ts'
import type { Job } from '#shared/domain/job.ts'
import { createAbortFlag } from '../../../../src/main/base/abort.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'
import { withProject } from '../../../../src/main/services/projects.ts'
import { runPipelineFile } from '../../../../src/main/services/runs.ts'

let folder: string
let engine: Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-projects-'))
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const pipeline = `
name: small
task: regression
target: y
steps:
  - { id: ingest, uses: ingest/file, with: { path: data.csv } }
  - { id: split, uses: prepare/split }
  - { id: features, uses: features/recipe }
  - { id: train, uses: train/model, with: { estimator: linear }, needs: [split, features] }
  - { id: evaluate, uses: evaluate/report, needs: [train, split] }
`

async function smallProject(): Promise<string> {
  const path = join(folder, 'small')
  valueOf(await engine.call('projects.create', { path }))
  const rows = Array.from({ length: 200 }, (_, row) => `${String((row * 7) % 31)},${String((row * 7) % 31 + (row % 5) / 10)}`)
  await writeFile(join(path, 'data.csv'), `x,y\n${rows.join('\n')}\n`)
  await writeFile(join(path, 'small.yaml'), pipeline)
  return path
}

const stages = ({ stages: all }: ProjectSummary): Record<string, string> => Object.fromEntries(all.map(({ stage, state, line }) => [stage, `${state}: ${line}`]))

describe('projects', () => {
  it('say how far each stage is, and that another process changed something', async () => {
    const path = await smallProject()
    const events: EngineEvent[] = []
    engine.subscribe((event) => events.push(event))
    expect(valueOf(await engine.call('projects.summary', { project: path }))).toMatchObject({ state: 'Empty', task: null, best: null, counts: { runs: 0 } })
    // Another connection, as the command line has one.
    await withProject(path, (project) => runPipelineFile(project, { file: join(path, 'small.yaml'), set: [], force: [] }, { signal: createAbortFlag() }))
    await expect.poll(() => events.some(({ topic }) => topic === 'project'), { timeout: 10_000 }).toBe(true)
    const summary = valueOf(await engine.call('projects.summary', { project: path })) as ProjectSummary
    expect(summary).toMatchObject({ state: 'Evaluated, not deployed', task: 'regression', target: 'y', best: { metric: 'rmse' }, pipeline: join(path, 'small.yaml') })
    expect(stages(summary)).toMatchObject({ ingest: 'done: small v1 · 200 rows', prepare: 'done: 150 to learn · 50 to test', features: 'done: 1 column enters', train: 'done: linear', deploy: 'empty: not yet' })
    expect(valueOf(await engine.call('projects.disk', { project: path }))).toMatchObject({ parts: expect.arrayContaining([{ part: 'Models', bytes: expect.any(Number) as number }]) as unknown })
  })

  it('say what failed', async () => {
    const path = await smallProject()
    await writeFile(join(path, 'small.yaml'), pipeline.replace('target: y', 'target: z'))
    await withProject(path, (project) => runPipelineFile(project, { file: join(path, 'small.yaml'), set: [], force: [] }, { signal: createAbortFlag() }).catch(() => undefined))
    const summary = valueOf(await engine.call('projects.summary', { project: path })) as ProjectSummary
    expect(summary.state).toMatch(/^Failed: /)
    expect(summary.stages.some(({ state }) => state === 'failed')).toBe(true)
  })

  it('are remembered, and those that are gone say so', async () => {
    const path = await smallProject()
    valueOf(await engine.call('projects.create', { path: join(folder, 'other') }))
    expect(await engine.call('projects.open', { path: join(folder, 'nowhere') })).toMatchObject({ ok: false, error: { code: 'invalid-project' } })
    await engine.close()
    rmSync(join(folder, 'other'), { recursive: true })
    engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
    const { projects } = valueOf(await engine.call('projects.recent', {})) as { projects: { name: string; problem: string | null }[] }
    expect(projects.map(({ name, problem }) => [name, problem === null])).toEqual([['other', false], ['small', true]])
    valueOf(await engine.call('projects.forget', { path: join(folder, 'other') }))
    expect(valueOf(await engine.call('projects.recent', {}))).toMatchObject({ projects: [{ path }] })
  })

  it('that are moved, deleted or replaced under the window say so, and are there again when they are back', async () => {
    const path = await smallProject()
    const away = `${path} moved`
    const lost = { ok: false, error: { code: 'invalid-project', headline: 'The project is not where it was', details: { file: path } } }
    const events: EngineEvent[] = []
    engine.subscribe((event) => events.push(event))
    renameSync(path, away)
    expect(await engine.call('projects.summary', { project: path })).toMatchObject(lost)
    expect(await engine.call('pipelines.save', { project: path, file: 'small.yaml', text: 'name: x', basedOn: null })).toMatchObject(lost)
    expect(existsSync(path)).toBe(false)
    expect(events).toContainEqual(expect.objectContaining({ topic: 'project', project: path, changed: expect.arrayContaining(['runs', 'pipelines']) as unknown }))
    expect(await engine.call('projects.open', { path: away })).toMatchObject({ ok: true })

    renameSync(away, path)
    expect(await engine.call('projects.summary', { project: path })).toMatchObject({ ok: true, value: { counts: { runs: 0 } } })
    rmSync(path, { recursive: true })
    // Nobody asks: the window is told all the same.
    events.length = 0
    await expect.poll(() => events.some(({ topic }) => topic === 'project'), { timeout: 10_000 }).toBe(true)
    expect(await engine.call('datasets.list', { project: path })).toMatchObject(lost)

    valueOf(await engine.call('projects.create', { path }))
    expect(await engine.call('projects.summary', { project: path })).toMatchObject({ ok: true, value: { state: 'Empty' } })
  })

  it.each(['moved', 'deleted'])('that are %s while a run goes on end the run, and leave nothing where they were', async (how) => {
    const path = await smallProject()
    const { job } = valueOf(await engine.call('pipelines.run', { project: path, file: 'small.yaml' })) as { job: string }
    const now = async (): Promise<Job> => valueOf(await engine.call('activity.get', { job })) as Job
    await expect.poll(async () => (await now()).step, { timeout: 30_000, interval: 5 }).not.toBeNull()
    if (how === 'moved') renameSync(path, `${path} away`)
    else rmSync(path, { recursive: true })
    await expect.poll(async () => (await now()).state, { timeout: 30_000 }).toBe('failed')
    expect((await now()).error).toMatchObject({ headline: 'The project is not where it was', details: { file: path } })
    expect(existsSync(path)).toBe(false)
    if (how === 'deleted') return
    renameSync(`${path} away`, path)
    expect(await engine.call('runs.list', { project: path })).toMatchObject({ ok: true, value: { runs: [{ status: 'failed' }] } })
  })
})
