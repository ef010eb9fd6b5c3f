import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applyOverrides, parseOverride } from '../../../src/main/pipeline/overrides.ts'
import { checkPipeline } from '../../../src/main/pipeline/read-pipeline.ts'
import { loadStepKinds } from '../../../src/main/pipeline/step-kinds.ts'
import { showRun } from '../../../src/main/pipeline/show-run.ts'
import { examplePipeline, exampleRegistry, openWorkplace, type Workplace } from './workplace.ts'

const kinds = await loadStepKinds(exampleRegistry)

describe('--set', () => {
  test.each([
    ['train.rounds=200', 'rounds', 200],
    ['train.rate=1e-3', 'rate', 0.001],
    ['train.fast=true', 'fast', true],
    ['train.name="3"', 'name', '3'],
    ['train.name=a b = c', 'name', 'a b = c'],
    ['train.drop=[a, "b c"]', 'drop', ['a', 'b c']],
    ['train.none=', 'none', null],
    ['train.options.depth=4', 'options.depth', 4],
  ])('reads %s', (text, param, value) => {
    expect(parseOverride(text)).toEqual({ step: 'train', param, value })
  })

  test.each(['train', 'train.=1', '=1', 'train rounds=1', 'train.drop=[a', 'train.x=*alias'])('refuses %s', (text) => {
    expect(() => parseOverride(text)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'usage' }) as unknown }) as Error)
  })

  test('reaches into nested parameters and leaves the others', () => {
    const { steps } = checkPipeline(examplePipeline, 'p.yaml', kinds)
    const changed = applyOverrides(steps, [parseOverride('clean.options.times=3')], kinds)
    expect(changed[1]?.params).toEqual({ line: 'ü', options: { times: 3 } })
    expect(steps[1]?.params).toEqual({ line: 'ü' })
  })

  test('suggests the step or the parameter that was meant', () => {
    const check = (text: string) => () => checkPipeline(examplePipeline, 'p.yaml', kinds, [parseOverride(text)])
    expect(check('trian.value=1')).toThrow('The pipeline has no step "trian", did you mean "train"?')
    expect(check('train.valeu=1')).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ nextStep: 'Did you mean --set train.value=…?' }) as unknown }) as Error,
    )
  })

  test('names itself where its value is wrong', () => {
    expect(() => checkPipeline(examplePipeline, 'p.yaml', kinds, [parseOverride('train.value=high')])).toThrow(
      '--set train.value: parameter "value": a number is expected',
    )
  })
})

describe('a run with --set', () => {
  let place: Workplace
  beforeEach(async () => {
    place = await openWorkplace()
  })
  afterEach(async () => {
    await place.dispose()
  })

  test('records the parameters that it used', async () => {
    await place.run({ overrides: [parseOverride('clean.options.times=2'), parseOverride('train.value=2.5')] })
    const { steps } = showRun(place.project, 'r0001')
    expect(steps.map((step) => step.params)).toEqual([
      { path: 'rows.txt' },
      { line: 'ü', options: { times: 2 } },
      { test: 0.5 },
      { value: 2.5 },
      {},
      { name: 'live' },
    ])
  })
})
