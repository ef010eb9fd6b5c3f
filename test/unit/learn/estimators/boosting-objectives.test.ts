import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { gradientBoosting } from '../../../../src/main/learn/estimators/gradient-boosting/gradient-boosting.ts'
import { quantileOf } from '../../../../src/main/learn/estimators/gradient-boosting/refit-leaves.ts'
import type { Matrix, MatrixColumn, Target } from '../../../../src/main/table/matrix.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from './made-data.ts'

async function fit(matrix: Matrix, target: Target, params: object): Promise<unknown> {
  return gradientBoosting.fit(matrix, target, gradientBoosting.params.parse(params), fitContext())
}

async function outputs(state: unknown, matrix: Matrix): Promise<number[]> {
  const prediction = await gradientBoosting.predict(state, matrix)
  return prediction.kind === 'classes' ? [...prediction.probabilities].filter((_p, i) => i % prediction.classes.length === 1) : [...prediction.values]
}

const ONE_STEP = { learningRate: 1, maxIterations: 1, earlyStopping: false, minSamplesLeaf: 1, maxLeaves: 2, columnSampling: 1 }

test('leaves take medians for the absolute error and quantiles for objective quantile', async () => {
  const x = matrixOf([[1, 1, 1, 1, 1, 2, 2, 2, 2, 2]])
  const y = numberTarget([0, 1, 2, 3, 1000, 50, 60, 70, 80, 9000])
  const median = await outputs(await fit(x, y, { ...ONE_STEP, objective: 'absolute' }), matrixOf([[1, 2]]))
  expect(median.map((value) => Number(value.toFixed(2)))).toEqual([2, 70])
  const high = await outputs(await fit(x, y, { ...ONE_STEP, objective: 'quantile', quantile: 0.75 }), matrixOf([[1, 2]]))
  expect(high.map((value) => Number(value.toFixed(2)))).toEqual([3, 80])
})

test('quantiles lie between neighbours, as numpy counts them', () => {
  expect(quantileOf(Float64Array.of(1, 2, 3, 4), 0.5)).toBe(2.5)
  expect(quantileOf(Float64Array.of(1, 2, 3, 4), 0.1)).toBeCloseTo(1.3)
  expect(quantileOf(Float64Array.of(7), 0.9)).toBe(7)
  expect(quantileOf(new Float64Array(), 0.9)).toBe(0)
})

test('as many rows lie below a quantile as it says, on rows that were not learnt from', async () => {
  const rng = createRng(4)
  const x = Array.from({ length: 6000 }, () => rng.uniform() * 4)
  const y = x.map((value) => value + (1 + value) * rng.normal())
  for (const quantile of [0.1, 0.8]) {
    const state = await fit(matrixOf([x.slice(0, 4000)]), numberTarget(y.slice(0, 4000)), { objective: 'quantile', quantile, maxLeaves: 8 })
    const found = await outputs(state, matrixOf([x.slice(4000)]))
    const below = found.filter((value, i) => (y[4000 + i] ?? 0) <= value).length / 2000
    expect(Math.abs(below - quantile)).toBeLessThan(0.04)
    expect(gradientBoosting.describe(state, [{ name: 'x', source: 'x', kind: 'numeric' }]).summary).toContain(`minimising the error of the ${quantile} quantile`)
  }
})

test('Poisson, gamma and Tweedie follow means that are products, are never negative, and survive saving', async () => {
  const [a = [], b = []] = normalColumns(3000, 2, 6)
  const means = a.map((value, i) => Math.exp(0.5 * value + 0.3 * (b[i] ?? 0)))
  const rng = createRng(8)
  const count = (mean: number): number => {
    let n = 0
    for (let p = rng.uniform(); p > Math.exp(-mean); p *= rng.uniform()) n++
    return n
  }
  const counts = means.map(count)
  const amounts = means.map((mean) => -mean * Math.log(1 - rng.uniform()) + 1e-9)
  for (const [objective, values] of [['poisson', counts], ['tweedie', counts], ['gamma', amounts]] as const) {
    const state = await fit(matrixOf([a, b]), numberTarget(values.map((value) => value * 100)), { objective, maxLeaves: 8 })
    const saved = gradientBoosting.serialise(state)
    const loaded = gradientBoosting.deserialise({ json: JSON.parse(JSON.stringify(saved.json)) as unknown, arrays: saved.arrays })
    const found = await outputs(loaded, matrixOf([a, b]))
    expect(found).toEqual(await outputs(state, matrixOf([a, b])))
    expect(Math.min(...found)).toBeGreaterThan(0)
    const errors = found.map((value, i) => Math.abs(Math.log(value / 100) - Math.log(means[i] ?? 1))).toSorted((x, y) => x - y)
    expect(errors[1500]).toBeLessThan(0.15)
  }
})

test('one Poisson step is a Newton step on the log scale', async () => {
  // Mean 2; left rows have mean 1, right rows 3. A step from e^0 = 1 in units of the mean: (y − 1) / 1, per row, with l2 = 0.
  const state = await fit(matrixOf([[1, 1, 2, 2]]), numberTarget([0, 2, 2, 4]), { ...ONE_STEP, objective: 'poisson', l2: 0 })
  const [low = 0, high = 0] = await outputs(state, matrixOf([[1, 2]]))
  expect(low).toBeCloseTo(2 * Math.exp(-0.5), 4)
  expect(high).toBeCloseTo(2 * Math.exp(0.5), 4)
})

test('targets that an objective cannot take name their row; objectives of numbers are refused for classes', async () => {
  const x = matrixOf([[1, 2, 3]])
  await expect(fit(x, numberTarget([1, 2, -1]), { objective: 'poisson' })).rejects.toThrow('Row 3 of the training rows has the target -1')
  await expect(fit(x, numberTarget([1, 0, 1]), { objective: 'gamma' })).rejects.toThrow('Row 2')
  await expect(fit(x, classTarget([0, 1, 1], ['no', 'yes']), { objective: 'absolute' })).rejects.toThrow('always learnt by their log loss')
  expect(await outputs(await fit(x, numberTarget([0, 0, 0]), { objective: 'poisson' }), x)).toEqual([0, 0, 0])
})

test('class weights: two copies of a row are one row of weight two', async () => {
  const [a = [], b = []] = normalColumns(600, 2, 2)
  const codes = a.map((value, i) => (value + (b[i] ?? 0) > 1 ? 1 : 0))
  const twice = codes.flatMap((code, i) => (code === 1 ? [i, i] : [i]))
  const steps = { ...ONE_STEP, maxLeaves: 6, l2: 0, minHessian: 0, maxIterations: 3, learningRate: 0.3 }
  const weighted = await fit(matrixOf([a, b]), classTarget(codes, ['no', 'yes']), { ...steps, classWeight: { yes: 2 } })
  const copied = await fit(matrixOf([twice.map((i) => a[i] ?? 0), twice.map((i) => b[i] ?? 0)]), classTarget(twice.map((i) => codes[i] ?? 0), ['no', 'yes']), steps)
  const [one, other] = [await outputs(weighted, matrixOf([a, b])), await outputs(copied, matrixOf([a, b]))]
  const mean = one.reduce((sum, p, i) => sum + Math.abs(p - (other[i] ?? 0)), 0) / one.length
  expect(mean).toBeLessThan(0.03)
  expect(gradientBoosting.describe(weighted, matrixOf([a, b]).columns).summary).toContain('not those of the data')
})

test('balanced weights make rare and frequent classes equal where columns say nothing, for two classes and three', async () => {
  const x = matrixOf([Array.from({ length: 200 }, () => 1)])
  const two = await fit(x, classTarget(Array.from({ length: 200 }, (_v, i) => (i % 20 === 0 ? 1 : 0)), ['no', 'yes']), { classWeight: 'balanced' })
  expect((await outputs(two, matrixOf([[1]])))[0]).toBeCloseTo(0.5, 3)
  const three = await fit(x, classTarget(Array.from({ length: 200 }, (_v, i) => (i % 20 === 0 ? 1 : i % 7 === 0 ? 2 : 0)), ['a', 'b', 'c']), { classWeight: 'balanced' })
  expect((await outputs(three, matrixOf([[1]])))[0]).toBeCloseTo(1 / 3, 3)
})

const directions = fc.record({ x0: fc.constantFrom('increasing', 'decreasing'), x1: fc.constantFrom('increasing', 'decreasing') })

test('with monotone no prediction ever moves the wrong way, whatever the data, the objective and the other columns', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), directions, fc.constantFrom('classes', 'squared', 'absolute', 'poisson'), async (seed, monotone, kind) => {
      const rng = createRng(seed)
      const columns = normalColumns(250, 4, seed)
      columns[0] = (columns[0] ?? []).map((value) => (rng.below(10) === 0 ? Number.NaN : value))
      columns[3] = (columns[3] ?? []).map(() => rng.below(5))
      const kinds: Partial<MatrixColumn>[] = [{}, {}, {}, { kind: 'categorical', cardinality: 5 }]
      const score = (columns[1] ?? []).map((value, i) => Math.sin(3 * value) + (columns[2]?.[i] ?? 0) * (columns[0]?.[i] || 1) + rng.normal())
      const target = kind === 'classes' ? classTarget(score.map((s) => (s > 0 ? 1 : 0)), ['no', 'yes']) : numberTarget(score.map((s) => s ** 2))
      const params = { monotone, maxIterations: 15, earlyStopping: false, minSamplesLeaf: 2, learningRate: 0.5, ...(kind === 'classes' ? {} : { objective: kind }) }
      const state = await fit(matrixOf(columns, kinds), target, params)
      for (const column of [0, 1] as const) {
        const grid = Array.from({ length: 60 }, (_v, k) => -3 + k * 0.1)
        const at = rng.below(250)
        const found = await outputs(state, matrixOf(columns.map((cells, j) => grid.map((value) => (j === column ? value : (cells[at] ?? 0)))), kinds))
        const sign = monotone[column === 0 ? 'x0' : 'x1'] === 'increasing' ? 1 : -1
        for (let k = 1; k < found.length; k++) expect(sign * ((found[k] ?? 0) - (found[k - 1] ?? 0))).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 25, seed: 5 },
  )
})

test('a free column is learnt as well as without constraints, and a constraint that holds costs little', async () => {
  const [a = [], b = []] = normalColumns(2000, 2, 3)
  const y = a.map((value, i) => 2 * value + Math.sin(4 * (b[i] ?? 0)))
  const state = await fit(matrixOf([a, b]), numberTarget(y), { monotone: { x0: 'increasing' } })
  const found = await outputs(state, matrixOf([a, b]))
  const errors = found.map((value, i) => (value - (y[i] ?? 0)) ** 2)
  expect(errors.reduce((sum, e) => sum + e / errors.length, 0)).toBeLessThan(0.1)
})

test('monotone is refused for unknown columns, categories and more than two classes', async () => {
  const columns = [[1, 2, 3, 4], [0, 1, 0, 1]]
  const matrix = matrixOf(columns, [{}, { kind: 'categorical', cardinality: 2 }])
  const target = numberTarget([1, 2, 3, 4])
  await expect(fit(matrix, target, { monotone: { nobody: 'increasing' } })).rejects.toThrow('There is no column "nobody"')
  await expect(fit(matrix, target, { monotone: { x1: 'increasing' } })).rejects.toThrow('Column "x1" holds categories')
  await expect(fit(matrix, classTarget([0, 1, 2, 0], ['a', 'b', 'c']), { monotone: { x0: 'increasing' } })).rejects.toThrow('every class')
})
