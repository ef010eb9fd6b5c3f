import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deployModel, listDeployments, removeDeployment, rollBack, showDeployment } from '../../../src/main/services/deployments.ts'
import { deleteRuns } from '../../../src/main/services/runs.ts'
import { temporaryProject } from '../store/temporary-project.ts'
import { recordModelRun } from './made-model.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
  await recordModelRun(place.project, { choice: { reason: 'first' } })
  await recordModelRun(place.project, { choice: { reason: 'second' } })
})
afterEach(() => place.dispose())

describe('deployments', () => {
  test('serve the model that they were given, and go back to what they served before', () => {
    const { project } = place
    expect(deployModel(project, 'live', 'p@1', 10)).toMatchObject({ name: 'live', since: 10, how: 'deployed', previous: null, serves: { model: 'p@1', estimator: 'linear', run: 'r0001' } })
    expect(deployModel(project, 'live', 'p', 20)).toMatchObject({ createdAt: 10, since: 20, serves: { model: 'p@2' }, previous: 'p@1' })
    expect(rollBack(project, 'live', 30)).toMatchObject({ since: 30, how: 'rolled back', serves: { model: 'p@1' }, previous: 'p@2' })
    expect(showDeployment(project, 'live').history).toMatchObject([
      { at: 30, until: null, how: 'rolled back', model: 'p@1' },
      { at: 20, until: 30, how: 'deployed', model: 'p@2', served: { model: 'p@2', run: 'r0002' } },
      { at: 10, until: 20, how: 'deployed', model: 'p@1' },
    ])
  })

  test('the same model again changes nothing', () => {
    const { project } = place
    deployModel(project, 'live', 'p@1', 10)
    expect(deployModel(project, 'live', 'p@1', 20)).toMatchObject({ since: 10 })
    expect(showDeployment(project, 'live').history).toHaveLength(1)
  })

  test('a model that was deleted stays in the history by name, and is nothing to go back to', async () => {
    const { project } = place
    deployModel(project, 'live', 'p@1', 10)
    deployModel(project, 'live', 'p@2', 20)
    await deleteRuns(project, ['r0001'])
    expect(showDeployment(project, 'live')).toMatchObject({ previous: null, history: [{ model: 'p@2' }, { model: 'p@1', served: null }] })
    expect(() => rollBack(project, 'live', 30)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'not-found' }) as unknown }))
  })

  test('one that is taken away leaves its model, which may then be deleted; its name may be used again', async () => {
    const { project } = place
    deployModel(project, 'live', 'p@1', 10)
    removeDeployment(project, 'live', 20)
    expect(listDeployments(project)).toEqual([])
    expect(() => showDeployment(project, 'live')).toThrow('no deployments yet')
    expect(await deleteRuns(project, ['r0001'])).toMatchObject({ removed: ['model p@1'], kept: [] })
    expect(deployModel(project, 'live', 'p', 30).createdAt).toBe(30)
    expect(showDeployment(project, 'live').history.map(({ how }) => how)).toEqual(['deployed', 'removed', 'deployed'])
  })

  test.each(['', 'a b', '../up', 'x'.repeat(65), '-rm'])('"%s" cannot be a name', (name) => {
    expect(() => deployModel(place.project, name, 'p', 1)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'invalid-parameter' }) as unknown }))
  })

  test('of what is not there the nearest is named', () => {
    deployModel(place.project, 'live', 'p', 1)
    expect(() => rollBack(place.project, 'life', 2)).toThrow(expect.objectContaining({ data: expect.objectContaining({ headline: expect.stringContaining('did you mean "live"?') as unknown }) as unknown }))
    expect(() => deployModel(place.project, 'live', 'p@9', 2)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'not-found' }) as unknown }))
  })
})
