import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteRun, deleteRuns, previewDeletion } from '../../../src/main/store/delete-run.ts'
import { recordRun, temporaryProject } from './temporary-project.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(async () => {
  await place.dispose()
})

describe('deleting a run', () => {
  test('frees what only it made, and says how much', async () => {
    const { project } = place
    const { run, sealed } = await recordRun(project, 'model', 'x'.repeat(1000))
    project.models.register({ name: 'm', hash: sealed.hash, run, at: 1 })
    const folder = join(project.path, 'artifacts', 'model', sealed.hash)
    expect(existsSync(folder)).toBe(true)
    expect(await deleteRun(project, 'r0001')).toEqual({
      run: 'r0001',
      bytesFreed: sealed.bytes,
      artifactsRemoved: 1,
      removed: ['model m@1'],
      kept: [],
    })
    expect(existsSync(folder)).toBe(false)
    expect(project.runs.list()).toEqual([])
    expect(project.models.list()).toEqual([])
    expect(project.lock.holder()).toBeUndefined()
  })

  test('several at once: what only they share goes; a preview says the same and changes nothing', async () => {
    const { project } = place
    const { sealed, run } = await recordRun(project, 'dataset', 'shared')
    project.datasets.register({ name: 'd', hash: sealed.hash, source: 'f.csv', run, at: 1 })
    await recordRun(project, 'dataset', 'shared')
    await recordRun(project, 'dataset', 'other')
    const preview = previewDeletion(project, ['1', 'r0002'])
    expect(preview).toEqual({ runs: ['r0001', 'r0002'], bytesFreed: sealed.bytes, artifactsRemoved: 1, removed: ['dataset d@1'], kept: [] })
    expect(project.runs.list()).toHaveLength(3)
    expect(project.datasets.get('d')?.hash).toBe(sealed.hash)
    expect(await deleteRuns(project, ['1', 'r0002'])).toEqual(preview)
    expect(project.runs.list().map(({ number }) => number)).toEqual([3])
    await expect(deleteRuns(project, ['3', '9'])).rejects.toMatchObject({ data: { code: 'not-found' } })
    expect(project.runs.list()).toHaveLength(1)
  })

  test('keeps what another run has too', async () => {
    const { project } = place
    const { sealed, run } = await recordRun(project, 'dataset', 'shared')
    project.datasets.register({ name: 'd', hash: sealed.hash, source: 'f.csv', run, at: 1 })
    await recordRun(project, 'dataset', 'shared')
    expect(await deleteRun(project, '1')).toMatchObject({ bytesFreed: 0, artifactsRemoved: 0, removed: [] })
    expect(project.datasets.get('d')).toMatchObject({ version: 1, run: undefined })
    expect(await deleteRun(project, '2')).toMatchObject({ bytesFreed: sealed.bytes, removed: ['dataset d@1'] })
  })

  test('keeps a model that a deployment serves, and says so', async () => {
    const { project } = place
    const { sealed, run } = await recordRun(project, 'model', 'served')
    project.models.register({ name: 'm', hash: sealed.hash, run, at: 1 })
    project.deployments.set({ name: 'live', model: sealed.hash, run, at: 1 })
    expect(await deleteRun(project, 'r1')).toMatchObject({ bytesFreed: 0, removed: [], kept: ['model m@1, which deployment live serves'] })
    expect(project.deployments.get('live')).toMatchObject({ model: sealed.hash, run: undefined })
    expect(existsSync(project.artifacts.require('model', sealed.hash).path)).toBe(true)
  })

  test.each(['r0009', 'latest', '', 'r1; DROP TABLE runs'])('refuses "%s", which is no run', async (id) => {
    await recordRun(place.project, 'model', 'x')
    await expect(deleteRun(place.project, id)).rejects.toMatchObject({ data: { code: 'not-found' } })
    expect(place.project.runs.list()).toHaveLength(1)
  })

  test('waits for nobody: it is refused while a run goes on', async () => {
    await recordRun(place.project, 'model', 'x')
    const lock = place.project.lock.acquire()
    await expect(deleteRun(place.project, '1')).rejects.toMatchObject({ data: { code: 'busy' } })
    lock.release()
  })
})
