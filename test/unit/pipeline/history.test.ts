import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/main/pipeline/compare-runs.ts'
import { explainStep } from '../../../src/main/pipeline/explain-step.ts'
import { showRun } from '../../../src/main/pipeline/show-run.ts'
import { deleteRun } from '../../../src/main/store/delete-run.ts'
import { hits, openWorkplace, type Workplace } from './workplace.ts'

let place: Workplace

beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(async () => {
  await place.dispose()
})

describe('the history of a project', () => {
  test('shows a run with its steps, what they made, and its log', async () => {
    const summary = await place.run()
    const shown = showRun(place.project, 'r0001')
    expect(shown).toMatchObject({ run: 'r0001', status: 'succeeded', pipelineFile: place.pipelineFile, seed: 42, metrics: summary.metrics, model: summary.model })
    expect(shown.steps.map((step) => step.outputs.map((output) => `${output.name}:${output.kind}`).join())).toEqual([
      'data:dataset',
      'data:dataset',
      'test:dataset,train:dataset',
      'model:model',
      'report:report',
      'deployment:deployment',
    ])
    expect(shown.log).toMatchObject([{ step: 'ingest', message: 'reading rows.txt' }])
  })

  test('puts runs side by side', async () => {
    await place.run()
    await place.run({ overrides: [{ step: 'train', param: 'value', value: 2 }] })
    const comparison = compareRuns(place.project, ['r0002', 'r0001'])
    expect(comparison.runs.map((run) => run.run)).toEqual(['r0002', 'r0001'])
    expect(comparison.params.filter((one) => one.differs)).toEqual([{ step: 'train', param: 'value', values: [2, 1], differs: true }])
    expect(comparison.metrics).toMatchObject([{ metric: 'rmse', values: [expect.any(Number) as number, expect.any(Number) as number] }])
  })

  test('still reuses what a deleted run made, where a later run has it too', async () => {
    await place.run()
    await place.run()
    expect(await deleteRun(place.project, 'r0001')).toMatchObject({ artifactsRemoved: 0, bytesFreed: 0 })
    const third = await place.run()
    expect(third.steps.every((step) => step.cache.hit)).toBe(true)
    expect(explainStep(place.project, third.run, 'train').producedBy).toBe('r0002')
  })

  test('runs everything again after its only run was deleted, and says why', async () => {
    await place.run()
    const deletion = await deleteRun(place.project, 'r0001')
    // The model is served by a deployment, so it stays, and only it.
    expect(deletion).toMatchObject({ kept: ['model example@1, which deployment live serves'], removed: ['dataset example@1'] })
    expect(deletion.bytesFreed).toBeGreaterThan(0)
    const again = await place.run()
    expect(hits(again)).toBe('ingest:ran clean:ran split:ran train:ran evaluate:ran deploy:ran')
    expect(again.steps[0]?.cache.reason).toBe('It has not run before in pipeline "example".')
    expect(again.model).toMatchObject({ name: 'example', version: 1 })
  })

  test('answers for unknown runs and steps what there is', async () => {
    await place.run()
    expect(() => showRun(place.project, 'r0007')).toThrow('There is no run "r0007"')
    expect(() => compareRuns(place.project, ['r0001', 'x'])).toThrow('There is no run "x"')
    expect(() => explainStep(place.project, 'r0001', 'trian')).toThrow('Run r0001 has no step "trian", did you mean "train"?')
  })
})
