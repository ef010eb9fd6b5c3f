import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRng, type Rng } from '../../../../src/main/base/rng.ts'
import { toErrorData } from '../../../../src/shared/errors.ts'
import type { Estimator } from '../../../../src/main/learn/estimator.ts'
import { extraTrees } from '../../../../src/main/learn/estimators/extra-trees/extra-trees.ts'
import { randomForest } from '../../../../src/main/learn/estimators/random-forest/random-forest.ts'
import type { FitContext } from '../../../../src/main/learn/fit-context.ts'
import type { SavedState } from '../../../../src/main/learn/saved-state.ts'
import type { Matrix, Target } from '../../../../src/main/table/matrix.ts'
import { createKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../../../src/main/wasm/kernel-pool.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from './made-data.ts'

const ONE_TREE = { trees: 1, bootstrap: false, columnsPerSplit: 1, minSamplesLeaf: 1 }

let three: KernelPool
beforeAll(async () => {
  three = await createKernelPool({ threads: 3 })
})
afterAll(async () => {
  await three.close()
})

async function fit(estimator: Estimator, matrix: Matrix, target: Target, params: object = {}, ctx: FitContext = fitContext()): Promise<unknown> {
  return estimator.fit(matrix, target, estimator.params.parse(params), ctx)
}

async function outputs(estimator: Estimator, state: unknown, matrix: Matrix): Promise<number[]> {
  const prediction = await estimator.predict(state, matrix)
  return [...(prediction.kind === 'classes' ? prediction.probabilities : prediction.values)]
}

/** Probabilities of the second of two classes without the share that all training rows add. */
async function shares(state: unknown, matrix: Matrix, share: number): Promise<number[]> {
  const all = await outputs(randomForest, state, matrix)
  return all.filter((_p, i) => i % 2 === 1).map((p) => Number((p * 1.1 - 0.1 * share).toFixed(9)))
}

test('one tree on four rows: it cuts between the classes, in the middle of what it saw', async () => {
  const state = await fit(randomForest, matrixOf([[1, 2, 5, 6]]), classTarget([0, 0, 1, 1], ['no', 'yes']), ONE_TREE)
  expect(await shares(state, matrixOf([[-9, 2, 3.4, 3.6, 6, 99]]), 0.5)).toEqual([0, 0, 0, 1, 1, 1])
})

test('leaves hold shares of classes and means of numbers', async () => {
  const x = matrixOf([[1, 1, 1, 1, 2, 2]])
  const classes = await fit(randomForest, x, classTarget([0, 0, 0, 1, 1, 1], ['no', 'yes']), ONE_TREE)
  expect(await shares(classes, matrixOf([[1, 2]]), 0.5)).toEqual([0.25, 1])
  const numbers = await fit(randomForest, x, numberTarget([1, 2, 3, 6, 10, 20]), ONE_TREE)
  const [low = 0, high = 0] = await outputs(randomForest, numbers, matrixOf([[1, 2]]))
  expect(low).toBeCloseTo(3, 5)
  expect(high).toBeCloseTo(15, 5)
})

test('three classes share one tree; a class without rows keeps a small probability', async () => {
  const state = await fit(randomForest, matrixOf([[1, 2, 3, 4, 5, 6]]), classTarget([0, 0, 1, 1, 2, 2], ['a', 'b', 'c', 'd']), ONE_TREE)
  const all = await outputs(randomForest, state, matrixOf([[1.5, 3.5, 5.5]]))
  const row = (k: number): number[] => all.slice(k * 4, k * 4 + 4).map((p) => Number((p * 1.1).toFixed(6)))
  expect(row(0)).toEqual([1.033333, 0.033333, 0.033333, 0])
  expect(row(2)).toEqual([0.033333, 0.033333, 1.033333, 0])
})

test('a missing cell goes the way that the training rows showed, on either side', async () => {
  for (const whenMissing of [0, 1]) {
    for (const estimator of [randomForest, extraTrees]) {
      const values = Array.from({ length: 90 }, (_v, i) => (i % 3 === 0 ? Number.NaN : i))
      const truth = values.map((value) => (Number.isNaN(value) ? whenMissing : value > 45 ? 1 : 0))
      const state = await fit(estimator, matrixOf([values]), classTarget(truth, ['no', 'yes']), { ...ONE_TREE, trees: 20 })
      const found = await outputs(estimator, state, matrixOf([[Number.NaN, 1, 88]]))
      expect([1, 3, 5].map((i) => Math.round(found[i] ?? -1))).toEqual([whenMissing, 0, 1])
    }
  }
})

test('categories are split as sets, whatever their codes; unknown ones are taken as they come', async () => {
  const codes = Array.from({ length: 400 }, (_v, i) => i % 20)
  const truth = codes.map((code) => [3, 4, 9, 17].includes(code) ? 1 : 0)
  const kind = [{ kind: 'categorical', cardinality: 20 }] as const
  const state = await fit(randomForest, matrixOf([codes], kind), classTarget(truth, ['no', 'yes']), { ...ONE_TREE, maxDepth: 1 })
  expect(await shares(state, matrixOf([[3, 4, 9, 17, 0, 19]], kind), 0.2)).toEqual([1, 1, 1, 1, 0, 0])
  expect((await outputs(randomForest, state, matrixOf([[Number.NaN, 77, -1, 0.5]], kind))).every(Number.isFinite)).toBe(true)
})

/** Gini impurity left when rows are divided by `left`, times the rows. */
function impurity(codes: readonly number[], left: readonly boolean[], classes: number): number {
  return [true, false].reduce((sum, side) => {
    const own = codes.filter((_code, i) => left[i] === side)
    const squares = Array.from({ length: classes }, (_c, k) => own.filter((code) => code === k).length ** 2).reduce((a, b) => a + b, 0)
    return own.length === 0 ? sum : sum + own.length - squares / own.length
  }, 0)
}

function leastImpurity(columns: readonly (readonly number[])[], codes: readonly number[], classes: number): number {
  let least = Infinity
  for (const values of columns) {
    for (const cut of [...values.filter((v) => !Number.isNaN(v)), -Infinity]) {
      for (const missingLeft of [true, false]) {
        const left = values.map((v) => (Number.isNaN(v) ? missingLeft : v <= cut))
        if (left.includes(true) && left.includes(false)) least = Math.min(least, impurity(codes, left, classes))
      }
    }
  }
  return least
}

test('the first split is that of an exhaustive search, for two classes and for more, with missing cells', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const rng: Rng = createRng(seed)
    const classes = 2 + (seed % 3)
    const rows = 5 + rng.below(40)
    const columns = Array.from({ length: 3 }, () => Array.from({ length: rows }, () => (rng.below(6) === 0 ? Number.NaN : rng.below(12))))
    const codes = Array.from({ length: rows }, () => rng.below(classes))
    const names = ['a', 'b', 'c', 'd'].slice(0, classes)
    const state = await fit(randomForest, matrixOf(columns), classTarget(codes, names), { ...ONE_TREE, maxDepth: 1 })
    const all = await outputs(randomForest, state, matrixOf(columns))
    const keys = codes.map((_code, i) => all.slice(i * classes, (i + 1) * classes).join(' '))
    expect(new Set(keys).size).toBeLessThanOrEqual(2)
    const least = leastImpurity(columns, codes, classes)
    const whole = impurity(codes, codes.map(() => true), classes)
    expect(Math.abs(impurity(codes, keys.map((key) => key === keys[0]), classes) - Math.min(least, whole))).toBeLessThan(1e-9)
  }
})

describe.each([randomForest, extraTrees])('$id', (estimator) => {
  const columns = normalColumns(700, 6, 4)
  columns[5] = (columns[5] ?? []).map((x) => Math.abs(Math.round(x * 3)))
  columns[1] = (columns[1] ?? []).map((x, i) => (i % 9 === 0 ? Number.NaN : x))
  const matrix = matrixOf(columns, [{}, {}, {}, {}, {}, { kind: 'categorical', cardinality: 12 }])
  const score = (columns[0] ?? []).map((x, i) => 2 * x + ((columns[5]?.[i] ?? 0) % 2))
  const targets: readonly Target[] = [
    classTarget(score.map((s) => (s > 0.5 ? 1 : 0)), ['no', 'yes']),
    classTarget(score.map((s) => (s > 1 ? 2 : s > 0 ? 1 : 0)), ['a', 'b', 'c']),
    numberTarget(score),
  ]

  test('gives the same bits on one thread and on three, in growing and in predicting, and other trees for another seed', async () => {
    for (const target of targets) {
      const params = { trees: 20, criterion: 'entropy', rowSampling: 0.8, classWeight: target.kind === 'classes' ? 'balanced' : 'none' }
      const one = await fit(estimator, matrix, target, params)
      const same = await fit(estimator, matrix, target, params, { ...fitContext(), pool: three })
      expect(estimator.serialise(same)).toEqual(estimator.serialise(one))
      expect(estimator.serialise(await fit(estimator, matrix, target, params, fitContext(2)))).not.toEqual(estimator.serialise(one))
      expect(await estimator.predict(one, matrix, three)).toEqual(await estimator.predict(one, matrix))
    }
  })

  test('a few rows, which are walked here, get the same bits as many, which kernels walk', async () => {
    for (const target of targets) {
      const state = await fit(estimator, matrix, target, { trees: 15 })
      const many = await outputs(estimator, state, matrix)
      const few = matrixOf(matrix.columns.map((_c, j) => [...matrix.data.subarray(j * 700, j * 700 + 20)]), matrix.columns)
      expect(await outputs(estimator, state, few)).toEqual(many.slice(0, (many.length / 700) * 20))
    }
  })

  test('learns what it is shown, finds the columns that matter, and respects the size of leaves', async () => {
    for (const target of targets) {
      const state = await fit(estimator, matrix, target, { trees: 50 })
      const { importance, summary } = estimator.describe(state, matrix.columns)
      expect(importance.toSorted((a, b) => b.value - a.value)[0]?.column).toBe('x0')
      expect(summary).toMatch(/^50 trees with at most \d+ leaves/)
    }
    const large = estimator.serialise(await fit(estimator, matrix, targets[2] ?? numberTarget([]), { trees: 3, minSamplesLeaf: 100 }))
    expect(large.arrays.values?.length).toBeLessThanOrEqual(3 * 7)
  })

  test('a damaged file is refused: whatever number is changed, a load fails cleanly or predicts within bounds', async () => {
    const [target] = targets
    if (target === undefined) throw new Error('no target')
    const { json, arrays } = estimator.serialise(await fit(estimator, matrix, target, { trees: 3, minSamplesLeaf: 20 }))
    const rng = createRng(13)
    let refused = 0
    for (let attempt = 0; attempt < 300; attempt++) {
      const copy = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()]))
      const names = Object.keys(copy).filter((name) => (copy[name]?.length ?? 0) > 0)
      const array = copy[names[rng.below(names.length)] ?? '']
      if (array === undefined) throw new Error('no array')
      array[rng.below(array.length)] = [0, -1, -2, 1e9, 255, -2147483648, 0x300, 7][rng.below(8)] ?? 0
      refused += await refusesOrPredicts({ json, arrays: copy })
    }
    expect(refused).toBeGreaterThan(60)
  })

  async function refusesOrPredicts(saved: SavedState): Promise<number> {
    try {
      const state = estimator.deserialise(saved)
      expect((await outputs(estimator, state, matrix)).every(Number.isFinite)).toBe(true)
      return 0
    } catch (error) {
      expect(toErrorData(error).code).toBe('corrupt')
      return 1
    }
  }
})

test('out of bag: rows that trees did not see judge it, like new rows do', async () => {
  const columns = normalColumns(1500, 4, 9)
  const rng = createRng(3)
  const codes = (columns[0] ?? []).map((x) => (x + 0.8 * rng.normal() > 0 ? 1 : 0))
  const part = (from: number, to: number): Matrix => matrixOf(columns.map((cells) => cells.slice(from, to)))
  const state = await fit(randomForest, part(0, 750), classTarget(codes.slice(0, 750), ['no', 'yes']), { trees: 100 })
  const told = Number(/accuracy (0\.\d+) out of bag, on 750 rows/.exec(randomForest.describe(state, part(0, 1).columns).summary)?.[1])
  const p = await outputs(randomForest, state, part(750, 1500))
  const right = codes.slice(750).filter((code, i) => code === ((p[i * 2 + 1] ?? 0) > 0.5 ? 1 : 0)).length / 750
  expect(Math.abs(told - right)).toBeLessThan(0.05)
  const noise = await fit(randomForest, part(0, 750), numberTarget(Array.from({ length: 750 }, () => rng.normal())), { trees: 60 })
  expect(Number(/R² (-?\d\.\d+) out of bag/.exec(randomForest.describe(noise, part(0, 1).columns).summary)?.[1])).toBeLessThan(0.05)
})

test('class weights move leaves towards the rare class and say so; wrong ones are refused', async () => {
  const x = matrixOf([Array.from({ length: 100 }, () => 1).map((one, i) => one + (i % 2))])
  const codes = Array.from({ length: 100 }, (_v, i) => (i % 10 === 0 ? 1 : 0))
  const balanced = await fit(randomForest, x, classTarget(codes, ['no', 'yes']), { ...ONE_TREE, classWeight: 'balanced', maxDepth: 1 })
  const [, even = 0] = await outputs(randomForest, balanced, matrixOf([[1]]))
  expect(even).toBeCloseTo((10 * 5) / (10 * 5 + 40 * (100 / 180)) / 1.1 + 0.05 / 1.1, 6)
  expect(randomForest.describe(balanced, x.columns).summary).toContain('its probabilities are not those of the data')
  await expect(fit(randomForest, x, classTarget(codes, ['no', 'yes']), { classWeight: { maybe: 2 } })).rejects.toThrow('There is no class "maybe"')
  await expect(fit(randomForest, x, numberTarget(codes), { classWeight: 'balanced' })).rejects.toThrow('no classes to weigh')
})

test('a target that is not finite names its row', async () => {
  await expect(fit(extraTrees, matrixOf([[1, 2, 3]]), numberTarget([1, Number.NaN, 3]))).rejects.toThrow('Row 2')
})

test('numbers of any size and place are followed', async () => {
  const values = Array.from({ length: 500 }, (_v, i) => i)
  for (const [size, place] of [[1e-6, 1], [1e9, -1e12], [1e300, 0]] as const) {
    const state = await fit(randomForest, matrixOf([values]), numberTarget(values.map((x) => place + size * x)), { trees: 30 })
    const [found = 0] = await outputs(randomForest, state, matrixOf([[250]]))
    expect(Math.abs((found - place) / size - 250)).toBeLessThan(5)
  }
})
