import { describe, expect, test } from 'vitest'
import { meanCurves } from '../../../../src/shared/domain/curves.ts'
import type { Iteration } from '../../../../src/shared/domain/measurement.ts'

function fold(number: number, folds: number, validation: readonly (number | null)[], learner = 'boosting'): Iteration[] {
  return validation.map((value, iteration) => ({ kind: 'iteration', learner, loss: 'log loss', fold: number, folds, iteration, training: 1 - iteration / 10, validation: value }))
}

describe('curves of a learner that goes in rounds', () => {
  test('are means over the folds; a fold that stopped stays at its last loss', () => {
    const [curve] = meanCurves([...fold(0, 2, [1, 0.5]), ...fold(1, 2, [1, 0.75, 0.25])])
    expect(curve).toMatchObject({ learner: 'boosting', loss: 'log loss', folds: 2, iterations: [0, 1, 2], validation: [1, 0.625, 0.375], best: 2 })
    expect(curve?.training[2]).toBeCloseTo((0.9 + 0.8) / 2, 12)
  })

  test('the fold that runs counts as far as it has come', () => {
    const [curve] = meanCurves([...fold(0, 2, [1, 0.5, 0.25]), ...fold(1, 2, [1, 0.75])], true)
    expect(curve?.validation).toEqual([1, 0.625, 0.25])
  })

  test('without held-out rows there is a training loss and no best round', () => {
    const [curve] = meanCurves(fold(0, 1, [null, null]))
    expect(curve).toMatchObject({ validation: [null, null], training: [1, 0.9], best: null })
  })

  test('every learner has its own; none has none', () => {
    expect(meanCurves([...fold(0, 1, [1], 'a'), ...fold(0, 1, [1], 'b')]).map(({ learner }) => learner)).toEqual(['a', 'b'])
    expect(meanCurves([])).toEqual([])
  })
})
