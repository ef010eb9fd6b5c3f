import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { naiveBayes } from '../../../../src/main/learn/estimators/naive-bayes/naive-bayes.ts'
import type { NaiveBayesState } from '../../../../src/main/learn/estimators/naive-bayes/state.ts'
import type { Matrix, Target } from '../../../../src/main/table/matrix.ts'
import { classTarget, fitContext, matrixOf } from './made-data.ts'

async function fit(matrix: Matrix, target: Target, params: Record<string, unknown> = {}): Promise<NaiveBayesState> {
  return (await naiveBayes.fit(matrix, target, naiveBayes.params.parse(params), fitContext())) as NaiveBayesState
}

async function probabilities(state: NaiveBayesState, matrix: Matrix): Promise<number[]> {
  const prediction = await naiveBayes.predict(state, matrix)
  if (prediction.kind !== 'classes') throw new Error('classes expected')
  return [...prediction.probabilities]
}

describe('naive Bayes', () => {
  test('passes over missing cells, in training and in prediction', async () => {
    const target = classTarget([0, 0, 0, 1, 1, 1], ['n', 'y'])
    const gap = await fit(matrixOf([[1, 2, Number.NaN, 5, 6, 7]]), target)
    expect(gap.means[0]).toBe(1.5)
    expect(gap.means[1]).toBe(6)
    expect(await probabilities(gap, matrixOf([[Number.NaN]]))).toEqual([0.5, 0.5])
  })

  test('codes that training rows never had are unlikely, missing ones say nothing', async () => {
    const kinds = [{ kind: 'categorical', cardinality: 3 }] as const
    const state = await fit(matrixOf([[0, 0, 1, 1]], kinds), classTarget([0, 0, 1, 1], ['n', 'y']), { alpha: 1 })
    // (2 + 1) / (2 + 3) against (0 + 1) / (2 + 3)
    expect((await probabilities(state, matrixOf([[0]], kinds)))[0]).toBeCloseTo(0.75, 12)
    expect((await probabilities(state, matrixOf([[2]], kinds)))[0]).toBeCloseTo(0.5, 12)
    expect((await probabilities(state, matrixOf([[Number.NaN]], kinds)))[0]).toBeCloseTo(0.5, 12)
  })

  test('calibration softens what repeated columns make too sure', async () => {
    const rng = createRng(3)
    const codes = Array.from({ length: 400 }, () => rng.below(2))
    const column = codes.map((code) => Math.fround(code + 1.5 * rng.normal()))
    const matrix = matrixOf(Array.from({ length: 10 }, () => column))
    const target = classTarget(codes, ['n', 'y'])
    const soft = await fit(matrix, target, { calibrate: true })
    expect(soft.sharpness).toBeLessThan(0.2)
    expect(soft.sharpness).toBeGreaterThan(0.05)
  })

  test('a class without training rows gets probability 0', async () => {
    const state = await fit(matrixOf([[1, 2, 3, 4]]), classTarget([0, 0, 2, 2], ['a', 'b', 'c']))
    expect((await probabilities(state, matrixOf([[2.5]])))[1]).toBe(0)
  })

  test('refuses infinite cells and words below 0, naming column and row', async () => {
    const target = classTarget([0, 1, 1], ['n', 'y'])
    await expect(fit(matrixOf([[1, 2, Infinity]]), target)).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'x0', row: 3 } } })
    const sparse = { starts: Int32Array.of(0, 1), rows: Int32Array.of(1), values: Float32Array.of(-1) }
    const words: Matrix = { rows: 3, columns: [{ name: 'w', source: 'text', kind: 'numeric' }], data: new Float32Array(0), sparse }
    await expect(fit(words, target)).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'text', row: 2 } } })
  })
})
