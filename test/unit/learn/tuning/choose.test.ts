import { describe, expect, test } from 'vitest'
import { cancelled } from '../../../../src/shared/errors.ts'
import { findMetric, selectionMetric } from '../../../../src/main/learn/metrics/index.ts'
import { requireEstimator } from '../../../../src/main/learn/model/index.ts'
import { chooseModel, prepare, selectTraining, type Contender, type TrainingSet } from '../../../../src/main/learn/tuning/index.ts'
import { applyRecipe } from '../../../../src/main/learn/recipe/index.ts'
import type { ChoiceWork } from '../../../../src/main/learn/tuning/choose.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { numbers } from '../columns.ts'
import { fitContext } from '../estimators/made-data.ts'
import { madeTrainingSet } from '../model/made-model.ts'

/** Settings that are quick to fit: what is tested is the choice. */
const QUICK: Readonly<Record<string, unknown>> = { linear: { regularisation: 1 }, 'gradient-boosting': { maxIterations: 20 }, baseline: {} }

function contender(id: string): Contender {
  const estimator = requireEstimator(id)
  return { label: id, estimator, params: estimator.params.parse(QUICK[id]) }
}

function work(set: TrainingSet, contenders: readonly Contender[], more: Partial<ChoiceWork> = {}): ChoiceWork {
  return { set, contenders, metric: selectionMetric(set.goal.task), folds: 5, blend: false, secondsLeft: () => 1000, fit: fitContext(), ...more }
}

/** Features that say nothing about the target. */
function noise(rows: number): TrainingSet {
  const set = madeTrainingSet(rows, 'regression')
  const rng = createRng(5)
  return { ...set, table: { rows, columns: [numbers('tenure', Array.from({ length: rows }, () => rng.normal())), set.table.columns[1] ?? numbers('plan', [])] }, target: { kind: 'numbers', values: Float64Array.from({ length: rows }, () => rng.normal()) } }
}

describe('the automatic choice', () => {
  test('takes the best in cross-validation and says why', async () => {
    const choice = await chooseModel(work(madeTrainingSet(), [contender('baseline'), contender('linear')]))
    expect(choice.members.map(({ part, weight }) => [part.label, weight])).toEqual([['linear', 1]])
    expect(choice.validation?.metric).toBe('roc_auc')
    expect(choice.validation?.mean).toBeGreaterThan(0.85)
    expect(choice.reason).toMatch(/^linear: ROC AUC 0\.\d+ ± 0\.\d+ over \d+ cross-validation folds; baseline 0\.50/)
    expect(choice.candidates.map(({ label, status }) => [label, status])).toEqual([['baseline', 'dropped'], ['linear', 'finished']])
  })

  test('of two as good as each other takes the simpler: the baseline where the features say nothing', async () => {
    for (const blend of [false, true]) {
      const choice = await chooseModel(work(noise(120), [contender('gradient-boosting'), contender('linear'), contender('baseline')], { blend }))
      expect(choice.members.map(({ part }) => part.label)).toEqual(['baseline'])
    }
  })

  test('is the same for the same seed', async () => {
    const make = async () => {
      const { members, validation, reason } = await chooseModel(work(madeTrainingSet(), [contender('gradient-boosting'), contender('linear')], { blend: true }))
      return { members: members.map(({ part, weight }) => [part.label, weight]), validation, reason }
    }
    expect(await make()).toEqual(await make())
  })

  test('averages only what gains by it; weights sum to 1', async () => {
    const set = madeTrainingSet(150, 'regression')
    const single = await chooseModel(work(set, [contender('gradient-boosting'), contender('linear')]))
    const blended = await chooseModel(work(set, [contender('gradient-boosting'), contender('linear')], { blend: true }))
    expect(blended.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(blended.validation?.mean).toBeLessThanOrEqual(single.validation?.mean ?? 0)
  })

  test('asked for another metric, it chooses by that', async () => {
    const metric = findMetric('log_loss')
    if (metric === undefined) throw new Error('no log loss')
    const choice = await chooseModel(work(madeTrainingSet(), [contender('baseline'), contender('linear')], { metric }))
    expect(choice.validation?.metric).toBe('log_loss')
    expect(choice.validation?.mean).toBeLessThan(0.6)
  })
})

describe('with validation rows', () => {
  const aside = (set: TrainingSet, rows: number): TrainingSet => {
    const { table, target } = selectTraining(madeTrainingSet(set.table.rows + rows, set.goal.task), Int32Array.from({ length: rows }, (_, row) => set.table.rows + row))
    return { ...set, validation: { table, target } }
  }

  test('fits everybody once on all training rows, and scores it on them', async () => {
    const set = aside(madeTrainingSet(), 80)
    const choice = await chooseModel(work(set, [contender('baseline'), contender('linear')]))
    expect(choice.members.map(({ part }) => part.label)).toEqual(['linear'])
    const linear = contender('linear')
    const { recipe, matrix } = prepare(set, linear.estimator.accepts, fitContext().rng)
    const state = await linear.estimator.fit(matrix, set.target, linear.params, fitContext())
    const { table, target } = set.validation ?? set
    const score = selectionMetric(set.goal.task).compute(target, await linear.estimator.predict(state, applyRecipe(recipe, table)))
    expect(choice.validation).toMatchObject({ metric: 'roc_auc', folds: 5, rows: 80 })
    expect(choice.validation?.mean).toBeCloseTo(score ?? 0, 12)
    expect(choice.candidates.find(({ label }) => label === 'linear')).toMatchObject({ mean: choice.validation?.mean, folds: 5, scores: choice.folds?.scores })
    expect(choice.reason).toMatch(/^linear: ROC AUC 0\.\d+ ± 0\.\d+ on 80 validation rows; baseline 0\.50/)
  })

  test('may average several, and takes the baseline where the features say nothing', async () => {
    const set = aside(madeTrainingSet(150, 'regression'), 150)
    const blended = await chooseModel(work(set, [contender('gradient-boosting'), contender('linear')], { blend: true }))
    expect(blended.members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
    const nothing = noise(240)
    const rows = (from: number) => selectTraining(nothing, Int32Array.from({ length: 120 }, (_, row) => from + row))
    const choice = await chooseModel(work({ ...rows(0), validation: rows(120) }, [contender('gradient-boosting'), contender('linear'), contender('baseline')], { blend: true }))
    expect(choice.members.map(({ part }) => part.label)).toEqual(['baseline'])
  })

  test('few of them are looked at in one piece; a metric that they do not define compares nothing', async () => {
    const few = await chooseModel(work(aside(madeTrainingSet(120, 'regression'), 4), [contender('linear'), contender('baseline')]))
    expect(few.validation).toMatchObject({ folds: 1, rows: 4, deviation: 0 })
    const set = aside(madeTrainingSet(), 20)
    const oneClass = { ...set, validation: { table: set.validation?.table ?? set.table, target: { kind: 'classes', classes: ['no', 'yes'], codes: new Int32Array(20) } } } as const
    const choice = await chooseModel(work(oneClass, [contender('linear'), contender('baseline')]))
    expect(choice).toMatchObject({ validation: undefined, reason: expect.stringContaining('linear, not compared: its ROC AUC is not defined') })
  })

  test('time that is up leaves out those not yet heard; `folds: 0` compares nothing', async () => {
    let asked = 0
    const secondsLeft = () => (asked++ < 3 ? 1 : -1)
    const set = aside(madeTrainingSet(), 80)
    const choice = await chooseModel(work(set, [contender('linear'), contender('baseline'), contender('gradient-boosting')], { secondsLeft }))
    expect(choice.members[0]?.part.label).toBe('linear')
    expect(choice.candidates.at(-1)).toMatchObject({ label: 'gradient-boosting', status: 'out of time', mean: null })
    const off = await chooseModel(work(set, [contender('linear')], { folds: 0 }))
    expect(off).toMatchObject({ validation: undefined, reason: expect.stringContaining('turned off') })
  })
})

describe('what can go wrong', () => {
  test('time that is up: what was heard decides, the rest is recorded as skipped', async () => {
    let asked = 0
    const secondsLeft = () => (asked++ < 3 ? 1 : -1)
    const choice = await chooseModel(work(madeTrainingSet(), [contender('linear'), contender('baseline'), contender('gradient-boosting')], { secondsLeft }))
    expect(choice.members[0]?.part.label).toBe('linear')
    expect(choice.candidates.filter(({ status }) => status === 'out of time').map(({ label }) => label)).toContain('gradient-boosting')
  })

  test('where the time will not do for all, it goes to those ahead after the first fold, and to what costs nothing', async () => {
    let clock = 0
    const slow = (label: string, id: string, seconds: number, params: unknown = QUICK[id]): Contender => {
      const estimator = requireEstimator(id)
      const fit: typeof estimator.fit = (...args) => {
        clock += seconds
        return estimator.fit(...args)
      }
      return { label, estimator: { ...estimator, fit }, params: estimator.params.parse(params) }
    }
    const contenders = [slow('good', 'linear', 10), slow('bad', 'linear', 10, { regularisation: 1e6 }), slow('fair', 'linear', 10, { regularisation: 10 }), slow('free', 'baseline', 0)]
    const choice = await chooseModel(work(madeTrainingSet(2000), contenders, { metric: findMetric('log_loss') ?? selectionMetric('regression'), secondsLeft: () => 140 - clock }))
    expect(choice.candidates.filter(({ status }) => status === 'out of time').map(({ label }) => label)).toEqual(['bad'])
    expect(choice.candidates.find(({ label }) => label === 'good')?.folds).toBeGreaterThanOrEqual(5)
  })

  test('a repeat is begun only where there is time for the whole of it', async () => {
    let clock = 0
    const linear = requireEstimator('linear')
    const fit: typeof linear.fit = (...args) => {
      clock += 1
      return linear.fit(...args)
    }
    const only: Contender = { label: 'linear', estimator: { ...linear, fit }, params: linear.params.parse(QUICK['linear']) }
    const folds = async (seconds: number) => {
      clock = 0
      return (await chooseModel(work(madeTrainingSet(), [only], { secondsLeft: () => seconds - clock }))).candidates[0]?.folds
    }
    expect(await folds(9)).toBe(5)
    expect(await folds(10)).toBe(10)
    expect(await folds(14)).toBe(10)
  })

  test('repeats thin out the settings of one estimator, where there is time for them', async () => {
    const linear = requireEstimator('linear')
    const settings = [1, 2, 5, 10].map((regularisation): Contender => ({ label: `linear ${regularisation}`, estimator: linear, params: linear.params.parse({ regularisation }) }))
    const { candidates } = await chooseModel(work(madeTrainingSet(), settings))
    const later = candidates.filter(({ folds }) => folds > 10)
    expect(later.length).toBeLessThanOrEqual(2)
    expect(later.every(({ status }) => status === 'finished')).toBe(true)
    expect(candidates.filter(({ folds }) => folds === 5 || folds === 10).map(({ note }) => note)).toContain('dropped after 5 folds: 3 other settings of it are better')
  })

  test('too few rows, folds turned off or a class with one row: the first contender, not compared', async () => {
    const few = await chooseModel(work(madeTrainingSet(8), [contender('linear'), contender('baseline')]))
    expect(few).toMatchObject({ validation: undefined, reason: 'linear, not compared: 8 training rows are too few for a cross-validation.' })
    const off = await chooseModel(work(madeTrainingSet(), [contender('linear')], { folds: 0 }))
    expect(off.reason).toContain('turned off')
    const set = madeTrainingSet(30)
    const lonely = await chooseModel(work({ ...set, target: { kind: 'classes', classes: ['no', 'yes'], codes: Int32Array.from({ length: 30 }, (_, i) => (i === 3 ? 1 : 0)) } }, [contender('linear')]))
    expect(lonely.reason).toContain('a class with one training row')
  })

  test('a contender whose folds cannot be learnt from is out, with the reason', async () => {
    const rows = 40
    const set = madeTrainingSet(rows)
    const flat = { ...set, table: { rows, columns: [numbers('tenure', Array.from({ length: rows }, () => 1)), numbers('plan', Array.from({ length: rows }, () => 1))] } }
    const choice = await chooseModel(work(flat, [contender('linear')]))
    expect(choice.validation).toBeUndefined()
    expect(choice.candidates[0]).toMatchObject({ status: 'failed', note: 'fold 1: No column is left to learn from' })
  })

  test('cancelling ends it', async () => {
    const fit = { ...fitContext(), throwIfAborted: () => { throw cancelled() } }
    await expect(chooseModel(work(madeTrainingSet(), [contender('linear')], { fit }))).rejects.toMatchObject({ data: { code: 'cancelled' } })
  })
})
