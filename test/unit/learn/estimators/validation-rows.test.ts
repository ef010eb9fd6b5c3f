import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import type { Estimator } from '../../../../src/main/learn/estimator.ts'
import { gradientBoosting } from '../../../../src/main/learn/estimators/gradient-boosting/gradient-boosting.ts'
import type { BoostingState } from '../../../../src/main/learn/estimators/gradient-boosting/state.ts'
import { linear } from '../../../../src/main/learn/estimators/linear/linear.ts'
import type { LinearState } from '../../../../src/main/learn/estimators/linear/state.ts'
import { naiveBayes } from '../../../../src/main/learn/estimators/naive-bayes/naive-bayes.ts'
import type { NaiveBayesState } from '../../../../src/main/learn/estimators/naive-bayes/state.ts'
import type { IterationPoint } from '../../../../src/main/learn/fit-context.ts'
import { findMetric } from '../../../../src/main/learn/metrics/index.ts'
import type { Examples } from '../../../../src/main/table/append-rows.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from './made-data.ts'

/** Two classes by the first of five columns, some of them wrong. */
function classes(rows: number, seed: number, wrong = 0.2): Examples {
  const columns = normalColumns(rows, 5, seed)
  const rng = createRng(seed + 100)
  const codes = (columns[0] ?? []).map((x) => (x > 0 === rng.uniform() >= wrong ? 1 : 0))
  return { matrix: matrixOf(columns), target: classTarget(codes, ['n', 'y']) }
}

async function fit<S>(estimator: Estimator, { matrix, target }: Examples, params: Record<string, unknown>, validation?: Examples): Promise<S> {
  const heard = validation === undefined ? {} : { validation }
  return (await estimator.fit(matrix, target, estimator.params.parse(params), { ...fitContext(), ...heard })) as S
}

async function loss(estimator: Estimator, state: unknown, { matrix, target }: Examples): Promise<number> {
  return findMetric('log_loss')?.compute(target, await estimator.predict(state, matrix)) ?? Number.NaN
}

/** The setting whose fit on all of its own rows has the least log loss on other rows. */
async function bestBy(estimator: Estimator, own: Examples, others: Examples, settings: readonly number[], params: (setting: number) => Record<string, unknown>): Promise<number> {
  const losses: number[] = []
  for (const setting of settings) losses.push(await loss(estimator, await fit(estimator, own, params(setting)), others))
  return settings[losses.indexOf(Math.min(...losses))] ?? Number.NaN
}

describe('gradient boosting', () => {
  const own = classes(300, 1)
  const others = classes(200, 2)
  const params = { columnSampling: 1, learningRate: 0.3, maxIterations: 40, patience: 40 }

  test('stops where the validation rows say so, and learns from none of them', async () => {
    const points: IterationPoint[] = []
    const state = (await gradientBoosting.fit(own.matrix, own.target, gradientBoosting.params.parse(params), { ...fitContext(), validation: others, iteration: (point) => points.push(point) })) as BoostingState
    const seen = points.map(({ validation }) => validation ?? Number.NaN)
    const best = seen.indexOf(Math.min(...seen))
    expect(best).toBeGreaterThan(0)
    expect(best).toBeLessThan(40)
    expect(state.trees).toHaveLength(best)
    expect(await loss(gradientBoosting, state, others)).toBeCloseTo(Math.min(...seen), 5)
    const alike = await fit<BoostingState>(gradientBoosting, own, { ...params, maxIterations: best, earlyStopping: false })
    expect(state.trees).toEqual(alike.trees)
  })

  test('told not to stop early, it does not', async () => {
    const state = await fit<BoostingState>(gradientBoosting, own, { ...params, earlyStopping: false }, others)
    expect(state.trees).toHaveLength(40)
  })

  test.each(['auto', 'absolute', 'poisson'])('judges numbers on their own scale: %s', async (objective) => {
    const made = (rows: number, seed: number): Examples => {
      const columns = normalColumns(rows, 3, seed)
      return { matrix: matrixOf(columns), target: numberTarget((columns[0] ?? []).map((x, i) => Math.round(1000 * Math.exp(x / 2 + (columns[1]?.[i] ?? 0) / 4)))) }
    }
    const [learnt, judged] = [made(300, 3), made(200, 4)]
    const state = await fit<BoostingState>(gradientBoosting, learnt, { ...params, objective }, judged)
    expect(state.trees.length).toBeGreaterThan(3)
    const mae = async (one: unknown) => findMetric('mae')?.compute(judged.target, await gradientBoosting.predict(one, judged.matrix)) ?? Number.NaN
    expect(await mae(state)).toBeLessThan((await mae(await fit(gradientBoosting, learnt, { ...params, objective, maxIterations: 1, earlyStopping: false }))) / 2)
  })

  test('refuses validation rows that the loss is not defined for, and says which rows they are', async () => {
    const [learnt, judged] = [{ matrix: matrixOf(normalColumns(50, 2, 1)), target: numberTarget(Array.from({ length: 50 }, (_, i) => i)) }, { matrix: matrixOf(normalColumns(2, 2, 2)), target: numberTarget([1, -1]) }]
    await expect(fit(gradientBoosting, learnt, { objective: 'poisson' }, judged)).rejects.toMatchObject({ data: { message: 'Row 2 of the validation rows has the target -1.' } })
  })
})

describe('linear', () => {
  test.each([3, 5, 7])('takes the penalty with the least loss on the validation rows (seed %i)', async (seed) => {
    const own = classes(60, seed, 0.3)
    const others = classes(400, seed + 1, 0.3)
    const penalties = [300, 100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01]
    const best = await bestBy(linear, own, others, penalties, (regularisation) => ({ regularisation }))
    expect((await fit<LinearState>(linear, own, {}, others)).penalty).toBe(best)
  })

  test('with an absolute penalty and curves too, and learns from its own rows only', async () => {
    const own = classes(80, 8)
    const others = classes(300, 9)
    const state = await fit<LinearState>(linear, own, { l1Ratio: 0.7, curves: 3 }, others)
    const alike = await fit<LinearState>(linear, own, { l1Ratio: 0.7, curves: 3, regularisation: state.penalty })
    expect(state.coefficients).toEqual(alike.coefficients)
  })
})

test('naive Bayes takes the smoothing with the least loss on the validation rows', async () => {
  const made = (rows: number, seed: number): Examples => {
    const rng = createRng(seed)
    const codes = Array.from({ length: rows }, () => rng.below(2))
    const levels = codes.map((code) => (rng.uniform() < 0.3 ? rng.below(30) : code * 15 + rng.below(15)))
    return { matrix: matrixOf([levels], [{ kind: 'categorical', cardinality: 30 }]), target: classTarget(codes, ['n', 'y']) }
  }
  const [own, others] = [made(60, 1), made(500, 2)]
  const best = await bestBy(naiveBayes, own, others, [0.01, 0.03, 0.1, 0.3, 1, 3], (alpha) => ({ alpha }))
  const state = await fit<NaiveBayesState>(naiveBayes, own, {}, others)
  expect(state.alpha).toBe(best)
  const calibrated = await fit<NaiveBayesState>(naiveBayes, own, { calibrate: true }, others)
  expect(await loss(naiveBayes, calibrated, others)).toBeLessThanOrEqual(await loss(naiveBayes, state, others))
})
