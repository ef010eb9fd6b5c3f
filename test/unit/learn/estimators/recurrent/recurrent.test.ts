import { expect, it } from 'vitest'
import { createRng } from '../../../../../src/main/base/rng.ts'
import { formOf } from '../../../../../src/main/learn/estimators/recurrent/form.ts'
import { recurrentParams } from '../../../../../src/main/learn/estimators/recurrent/params.ts'
import { recurrent } from '../../../../../src/main/learn/estimators/recurrent/recurrent.ts'
import { fitContext, matrixOf, numberTarget } from '../made-data.ts'

/** Windows of 8 moments of two numbers: what is asked for is the first number at the last moment at which the second was above 1, or 0. */
function marked(rows: number, seed: number): { readonly matrix: ReturnType<typeof matrixOf>; readonly values: number[] } {
  const rng = createRng(seed)
  const values: number[] = []
  const windows = Array.from({ length: rows }, () => {
    const window = Array.from({ length: 16 }, (_, j) => (j % 2 === 0 ? rng.normal() : Number(rng.uniform() < 0.3) * 2))
    let last = 0
    for (let step = 0; step < 8; step++) if ((window[2 * step + 1] ?? 0) > 1) last = window[2 * step] ?? 0
    values.push(last)
    return window
  })
  return { matrix: matrixOf(Array.from({ length: 16 }, (_, j) => windows.map((window) => window[j] ?? 0))), values }
}

it.each(['gru', 'lstm'] as const)('remembers what mattered when it came, %s', async (cell) => {
  const [known, unseen] = [marked(800, 1), marked(300, 2)]
  const params = recurrent.params.parse({ features: 2, cell, units: 24, hidden: 16, dropout: 0, learningRate: 0.01, epochs: 40 })
  const state = await recurrent.fit(known.matrix, numberTarget(known.values), params, fitContext())
  const prediction = await recurrent.predict(state, unseen.matrix)
  if (prediction.kind !== 'numbers') throw new Error('Numbers were asked for')
  const error = Math.sqrt(prediction.values.reduce((sum, value, i) => sum + (value - (unseen.values[i] ?? 0)) ** 2, 0) / 300)
  expect(error).toBeLessThan(0.4) // the mean errs by 0.97
  expect(recurrent.describe(state, known.matrix.columns).summary).toContain('over windows of 8 × 2')
})

it('takes as many moments as the columns make, and says where they make no window', () => {
  const form = (columns: number, given: unknown): unknown => formOf(columns, recurrentParams.parse(given))
  expect(form(12, {})).toMatchObject({ steps: 12, features: 1 })
  expect(form(12, { features: 3 })).toMatchObject({ steps: 4, features: 3 })
  expect(() => form(13, { features: 3 })).toThrow('The recipe gives 13 columns')
  expect(() => form(12, { steps: 5, features: 3 })).toThrow('The recipe gives 12 columns')
})
