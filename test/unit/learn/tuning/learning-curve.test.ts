import { expect, test } from 'vitest'
import { selectionMetric } from '../../../../src/main/learn/metrics/index.ts'
import { requireEstimator } from '../../../../src/main/learn/model/index.ts'
import { learningCurve } from '../../../../src/main/learn/tuning/learning-curve.ts'
import { fitContext } from '../estimators/made-data.ts'
import { madeTrainingSet } from '../model/made-model.ts'

const linear = requireEstimator('linear')
const members = [{ part: { label: 'linear', estimator: linear, params: linear.params.parse({ regularisation: 1 }) }, weight: 1 }]

test('growing parts of the training rows, scored on rows that were not learnt from', async () => {
  const set = madeTrainingSet(400)
  const points = await learningCurve(set, members, selectionMetric(set.goal.task), fitContext())
  expect(points.map(({ rows }) => rows)).toEqual([32, 64, 128, 224, 320])
  for (const { training, validation } of points) {
    expect(validation.mean).toBeGreaterThan(0.8)
    expect(training.mean).toBeLessThanOrEqual(1)
    expect(validation.deviation).toBeGreaterThan(0)
  }
  expect(await learningCurve(set, members, selectionMetric(set.goal.task), fitContext())).toEqual(points)
})

test('with validation rows, growing parts of all training rows are scored on those', async () => {
  const set = madeTrainingSet(400)
  const points = await learningCurve({ ...set, validation: madeTrainingSet(300) }, members, selectionMetric(set.goal.task), fitContext())
  expect(points.map(({ rows }) => rows)).toEqual([40, 80, 160, 280, 400])
  expect(points.every(({ validation }) => validation.mean > 0.8 && validation.deviation === 0)).toBe(true)
})

test('leaves out sizes of too few rows', async () => {
  const set = madeTrainingSet(60)
  const points = await learningCurve(set, members, selectionMetric(set.goal.task), fitContext())
  expect(points.map(({ rows }) => rows)).toEqual([33, 48])
})

test('stops when the user cancels', async () => {
  const set = madeTrainingSet(100)
  const stop = { ...fitContext(), throwIfAborted: () => { throw new Error('cancelled') } }
  await expect(learningCurve(set, members, selectionMetric(set.goal.task), stop)).rejects.toThrow('cancelled')
})
