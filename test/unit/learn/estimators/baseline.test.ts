import { expect, test } from 'vitest'
import { baseline } from '../../../../src/main/learn/estimators/baseline.ts'
import { classTarget, fitContext, matrixOf, numberTarget } from './made-data.ts'

test('says the class shares of the training rows of every row', async () => {
  const state = await baseline.fit(matrixOf([[1, 2, 3, 4]]), classTarget([0, 1, 1, 1], ['no', 'yes']), {}, fitContext())
  const prediction = await baseline.predict(state, matrixOf([[9, 9]]))
  expect(prediction).toEqual({ kind: 'classes', classes: ['no', 'yes'], probabilities: Float64Array.of(0.25, 0.75, 0.25, 0.75) })
})

test('says the training mean, even of numbers whose sum overflows', async () => {
  const state = await baseline.fit(matrixOf([[1, 2]]), numberTarget([1.5e308, 1.7e308]), {}, fitContext())
  const prediction = await baseline.predict(state, matrixOf([[5]]))
  expect(prediction.kind === 'numbers' ? prediction.values[0] : undefined).toBeCloseTo(1.6e308, -300)
})
