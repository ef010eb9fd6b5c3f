import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unpackLeaderboard } from '#shared/domain/leaderboard.ts'
import { listLeaderboard, readLeaderboard } from '../../../src/main/services/leaderboard.ts'
import { temporaryProject } from '../store/temporary-project.ts'
import { recordManyRuns } from './many-runs.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(() => place.dispose())

describe('the leaderboard', () => {
  test('joins runs with their models, evaluations and deployments, the newest first', async () => {
    const { project } = place
    recordManyRuns(project, 30)
    const served = project.runs.get(29)?.outcome.model?.hash ?? ''
    project.deployments.set({ name: 'live', model: served, run: 29, at: 1 })
    const { total, frame } = await readLeaderboard(project)
    const entries = unpackLeaderboard(frame)
    expect(total).toBe(30)
    expect(entries.map(({ run }) => run).slice(0, 3)).toEqual(['r0030', 'r0029', 'r0028'])
    expect(entries[1]).toMatchObject({
      status: 'succeeded',
      pipeline: 'churn',
      estimator: 'linear',
      target: 'churned',
      task: 'binary-classification',
      summary: '29 trees with at most 31 leaves',
      deployments: ['live'],
      problem: null,
      baseline: { roc_auc: 0.5 },
    })
    expect(entries[1]?.interval?.low).toBeLessThan(entries[1]?.metrics?.['roc_auc'] ?? 0)
    expect(entries[0]).toMatchObject({ status: 'failed', estimator: 'random-forest', target: 'churned', problem: expect.stringContaining('too large'), model: undefined, validation: null, fitSeconds: null })
  })

  test('a run that reuses a model shows how long its fit took where it was fitted', async () => {
    const { project } = place
    recordManyRuns(project, 7)
    const [reusing, made] = unpackLeaderboard((await readLeaderboard(project)).frame)
    expect(reusing?.model).toEqual(made?.model)
    expect(reusing?.fitSeconds).toBe(made?.fitSeconds)
    expect(reusing?.fitSeconds).toBeGreaterThan(0)
  })

  test('leaves out runs that train nothing; lists leave out imports and profiles unless all are asked for', async () => {
    const { project } = place
    recordManyRuns(project, 1)
    const imported = project.runs.start({ pipeline: 'import', pipelineFile: '', seed: 1, at: 1 })
    project.stepRuns.add(imported, 'ingest', 0, 'ingest/file')
    const cleaned = project.runs.start({ pipeline: 'clean', pipelineFile: '', seed: 1, at: 1 })
    project.stepRuns.add(cleaned, 'clean', 0, 'prepare/clean')
    expect(unpackLeaderboard((await readLeaderboard(project)).frame).map(({ run }) => run)).toEqual(['r0001'])
    expect(await listLeaderboard(project, { offset: 0, limit: 10, all: false })).toMatchObject({ total: 2, runs: [{ run: 'r0003', task: null }, { run: 'r0001' }] })
    expect((await listLeaderboard(project, { offset: 1, limit: 1, all: true })).runs.map(({ run }) => run)).toEqual(['r0002'])
  })

  test('of more than a block of runs none is left out or told twice', async () => {
    const { project } = place
    recordManyRuns(project, 250)
    const runs = unpackLeaderboard((await readLeaderboard(project)).frame).map(({ run }) => run)
    expect(new Set(runs).size).toBe(250)
    expect(runs.at(-1)).toBe('r0001')
  })

  test('an empty project has an empty one', async () => {
    expect(unpackLeaderboard((await readLeaderboard(place.project)).frame)).toEqual([])
  })
})

test('a page is read by keys alone: no table is looked through', async () => {
  const { project } = place
  const { default: Database } = await import('better-sqlite3')
  const statements: string[] = []
  const watched = new Database(join(project.path, 'project.db'), { verbose: (sql) => statements.push(String(sql)) })
  const { createLeaderboardRepository } = await import('../../../src/main/store/leaderboard-repository.ts')
  createLeaderboardRepository(watched).page('training', 1_000_000, 100)
  const plan = watched.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${statements.at(-1) ?? ''}`).all().map(({ detail }) => detail)
  watched.close()
  expect(plan.filter((line) => line.startsWith('SCAN'))).toEqual([])
  expect(plan.filter((line) => line.includes('step_outputs_by_artifact (kind=?)'))).toEqual([])
})
