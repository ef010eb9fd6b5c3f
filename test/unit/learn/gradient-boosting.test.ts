import { afterAll, expect, test } from 'vitest'
import { MillraceError } from '../../../src/shared/errors.ts'
import { createRng, type Rng } from '../../../src/main/base/rng.ts'
import { gradientBoosting } from '../../../src/main/learn/estimators/gradient-boosting/gradient-boosting.ts'
import type { IterationPoint } from '../../../src/main/learn/fit-context.ts'
import type { SavedState } from '../../../src/main/learn/saved-state.ts'
import type { Matrix, Prediction, Target } from '../../../src/main/table/matrix.ts'
import { createKernelPool } from '../../../src/main/wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../../src/main/wasm/kernel-pool.ts'

const pools = new Map<number, KernelPool>()
async function poolOf(threads: number): Promise<KernelPool> {
  const pool = pools.get(threads) ?? (await createKernelPool({ threads }))
  pools.set(threads, pool)
  return pool
}
afterAll(async () => {
  for (const pool of pools.values()) await pool.close()
})

type Column = { readonly values: readonly number[]; readonly cardinality?: number }

function matrixOf(columns: readonly Column[], rows = columns[0]?.values.length ?? 0): Matrix {
  return {
    rows,
    columns: columns.map(({ cardinality }, j) =>
      cardinality === undefined ? { name: `c${j}`, source: `c${j}`, kind: 'numeric' } : { name: `c${j}`, source: `c${j}`, kind: 'categorical', cardinality },
    ),
    data: Float32Array.from(columns.flatMap(({ values }) => [...values])),
  }
}

function classesOf(codes: readonly number[], classes = ['no', 'yes']): Target {
  return { kind: 'classes', codes: Int32Array.from(codes), classes }
}

function numbersOf(values: readonly number[]): Target {
  return { kind: 'numbers', values: Float64Array.from(values) }
}

async function fit(matrix: Matrix, target: Target, params: object = {}, options: { threads?: number; seed?: number; throwIfAborted?: () => void; iteration?: (point: IterationPoint) => void } = {}): Promise<unknown> {
  const { threads = 1, seed = 7, throwIfAborted = () => undefined, iteration } = options
  const ctx = { rng: createRng(seed), pool: await poolOf(threads), throwIfAborted, progress: () => undefined, ...(iteration === undefined ? {} : { iteration }) }
  return gradientBoosting.fit(matrix, target, gradientBoosting.params.parse(params), ctx)
}

async function probabilities(state: unknown, matrix: Matrix): Promise<Float64Array> {
  const prediction = await gradientBoosting.predict(state, matrix)
  if (prediction.kind !== 'classes') throw new Error('no classes')
  return prediction.probabilities
}

async function numbers(state: unknown, matrix: Matrix): Promise<Float64Array> {
  const prediction = await gradientBoosting.predict(state, matrix)
  if (prediction.kind !== 'numbers') throw new Error('no numbers')
  return prediction.values
}

function list(n: number, value: (i: number) => number): number[] {
  return Array.from({ length: n }, (_v, i) => value(i))
}

/** Columns of all kinds: numbers, few values, missing cells, categories. */
function mixedColumns(rng: Rng, rows: number, columns: number): Column[] {
  return Array.from({ length: columns }, (_c, j) => {
    if (j % 4 === 3) return { values: list(rows, () => (rng.below(20) === 0 ? NaN : rng.below(30))), cardinality: 30 }
    if (j % 4 === 2) return { values: list(rows, () => (rng.below(5) === 0 ? NaN : rng.normal())) }
    return { values: list(rows, () => (j % 4 === 1 ? rng.below(9) : rng.normal())) }
  })
}

function signal(columns: readonly Column[], i: number): number {
  const at = (j: number, missing: number): number => {
    const value = columns[j % columns.length]?.values[i] ?? missing
    return Number.isNaN(value) ? missing : value
  }
  return (at(0, 0) > 0 ? 1 : -1) + at(2, 2) + (at(3, 0) % 3) - 1
}

const bytes = (state: unknown): SavedState => gradientBoosting.serialise(state)

test('the same seed gives the same model, bit for bit, on 1, 2, 3 and 4 threads', async () => {
  const shapes = [
    { rows: 20_011, columns: 5, params: { maxIterations: 12 } },
    { rows: 9001, columns: 37, params: { maxIterations: 6, maxLeaves: 12 } },
    { rows: 8003, columns: 17, params: { maxIterations: 8, rowSampling: 0.6, columnSampling: 0.5, earlyStopping: true, patience: 3 } },
    { rows: 37, columns: 3, params: { maxIterations: 5, minSamplesLeaf: 1 } },
  ]
  for (const [k, { rows, columns, params }] of shapes.entries()) {
    const rng = createRng(k)
    const data = mixedColumns(rng, rows, columns)
    const matrix = matrixOf(data)
    const score = list(rows, (i) => signal(data, i) + rng.normal())
    const targets = [
      classesOf(score.map((s) => (s > 0.5 ? 1 : 0))),
      classesOf(score.map((s) => (s > 1 ? 2 : s > 0 ? 1 : 0)), ['low', 'middle', 'high']),
      numbersOf(score.map((s) => s * 1000 + 5)),
    ]
    for (const target of targets) {
      const models = await Promise.all([1, 2, 3, 4].map((threads) => fit(matrix, target, params, { threads })))
      const [first, ...others] = models.map(bytes)
      for (const other of others) expect(other).toEqual(first)
      const predictions = await Promise.all([1, 2, 3, 4].map(async (threads) => gradientBoosting.predict(models[0], matrix, await poolOf(threads))))
      for (const prediction of predictions) expect(prediction).toEqual(predictions[0])
    }
  }
})

test('rows laid out anew after some trees give the same model for any number of threads', async () => {
  const rng = createRng(1)
  const rows = 300_001
  const data = mixedColumns(rng, rows, 4)
  const target = classesOf(list(rows, (i) => (signal(data, i) + rng.normal() > 0.5 ? 1 : 0)))
  const models = [1, 3].map((threads) => fit(matrixOf(data), target, { maxIterations: 3, earlyStopping: false }, { threads }))
  const [one, three] = (await Promise.all(models)).map(bytes)
  expect(three).toEqual(one)
})

test('another seed draws other rows', async () => {
  const rng = createRng(3)
  const data = mixedColumns(rng, 500, 4)
  const target = classesOf(list(500, (i) => (signal(data, i) > 0 ? 1 : 0)))
  const [a, b] = await Promise.all([1, 2].map((seed) => fit(matrixOf(data), target, { rowSampling: 0.5, maxIterations: 3 }, { seed })))
  expect(bytes(a)).not.toEqual(bytes(b))
})

test('it learns what no single column says: exclusive or', async () => {
  const rng = createRng(5)
  const columns = [{ values: list(2000, () => rng.normal()) }, { values: list(2000, () => rng.normal()) }, { values: list(2000, () => rng.normal()) }]
  const truth = list(2000, (i) => ((columns[0]?.values[i] ?? 0) > 0 === (columns[1]?.values[i] ?? 0) > 0 ? 1 : 0))
  const state = await fit(matrixOf(columns), classesOf(truth))
  const p = await probabilities(state, matrixOf(columns))
  expect(truth.filter((y, i) => y === ((p[i * 2 + 1] as number) > 0.5 ? 1 : 0)).length).toBeGreaterThan(1960)
  const { importance, summary } = gradientBoosting.describe(state, matrixOf(columns).columns)
  expect(summary).toMatch(/^\d+ trees with at most 31 leaves$/)
  expect(importance.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1)
  expect(importance[2]?.value).toBeLessThan(0.1)
})

test('a missing cell says something: it goes the way that it should', async () => {
  const rng = createRng(6)
  for (const whenMissing of [0, 1]) {
    const values = list(1000, () => (rng.below(3) === 0 ? NaN : rng.uniform()))
    const truth = values.map((value) => (Number.isNaN(value) ? whenMissing : value > 0.5 ? 1 : 0))
    const state = await fit(matrixOf([{ values }]), classesOf(truth))
    const p = await probabilities(state, matrixOf([{ values: [NaN, 0.1, 0.9] }]))
    expect(Math.round(p[1] as number)).toBe(whenMissing)
    expect([Math.round(p[3] as number), Math.round(p[5] as number)]).toEqual([0, 1])
  }
})

test('categories are split as sets; unknown codes and missing cells are taken as they come', async () => {
  const rng = createRng(8)
  const effect = list(40, () => rng.normal() * 3)
  const values = list(4000, () => rng.below(40))
  const target = values.map((code) => (effect[code] as number) + rng.normal() * 0.1)
  const state = await fit(matrixOf([{ values, cardinality: 40 }]), numbersOf(target))
  const found = await numbers(state, matrixOf([{ values: list(40, (i) => i), cardinality: 40 }]))
  for (let code = 0; code < 40; code++) expect(Math.abs((found[code] as number) - (effect[code] as number))).toBeLessThan(0.3)
  const odd = await numbers(state, matrixOf([{ values: [NaN, 40, -1, 1e9, 0.5, Infinity], cardinality: 40 }]))
  expect(new Set(odd).size).toBe(1)
  expect([...odd].every(Number.isFinite)).toBe(true)
})

test('of more than 254 categories the most frequent are told apart', async () => {
  const values = list(6000, (i) => (i < 3000 ? i % 10 : i % 1000))
  const state = await fit(matrixOf([{ values, cardinality: 1000 }]), numbersOf(values.map((code) => (code < 10 ? code : 50))), { minSamplesLeaf: 5 })
  const found = await numbers(state, matrixOf([{ values: [0, 5, 9, 500], cardinality: 1000 }]))
  expect([...found].map(Math.round)).toEqual([0, 5, 9, 50])
})

test('three classes: probabilities sum to 1 and the right class leads', async () => {
  const rng = createRng(9)
  const values = list(3000, () => rng.uniform() * 3)
  const state = await fit(matrixOf([{ values }]), classesOf(values.map(Math.floor), ['a', 'b', 'c']))
  const p = await probabilities(state, matrixOf([{ values: [0.5, 1.5, 2.5] }]))
  for (let i = 0; i < 3; i++) {
    expect((p[i * 3] as number) + (p[i * 3 + 1] as number) + (p[i * 3 + 2] as number)).toBeCloseTo(1, 12)
    expect(p[i * 3 + i]).toBeGreaterThan(0.95)
  }
})

test('regression follows a curve of any size and place', async () => {
  const rng = createRng(10)
  for (const [size, place] of [[1, 0], [1e-6, 1], [1e9, -1e12], [1e300, 0]] as const) {
    const values = list(5000, () => rng.uniform() * 6)
    const state = await fit(matrixOf([{ values }]), numbersOf(values.map((x) => place + size * Math.sin(x))))
    const found = await numbers(state, matrixOf([{ values: [1, 2, 3, 4, 5] }]))
    ;[1, 2, 3, 4, 5].forEach((x, i) => {
      expect(Math.abs(((found[i] as number) - place) / size - Math.sin(x))).toBeLessThan(0.05)
    })
  }
})

test('early stopping keeps the best round, and noise alone teaches nothing', async () => {
  const rng = createRng(11)
  const columns = [{ values: list(3000, () => rng.normal()) }]
  const state = await fit(matrixOf(columns), classesOf(list(3000, () => rng.below(2))), { earlyStopping: true, validationFraction: 0.3 })
  const p = await probabilities(state, matrixOf(columns))
  expect(Math.max(...p)).toBeLessThan(0.7)
  expect(bytes(state).arrays.roots?.length).toBeLessThan(30)
  const byFolds = await fit(matrixOf(columns), classesOf(list(3000, () => rng.below(2))))
  expect(Math.max(...(await probabilities(byFolds, matrixOf(columns))))).toBeLessThan(0.7)
})

test('who listens hears the losses of every round; listening changes no bit of the model', async () => {
  const rng = createRng(12)
  const x = list(400, () => rng.normal())
  const target = classesOf(x.map((value) => Number(value + rng.normal() > 0)))
  const matrix = matrixOf([{ values: x }])
  const listen = async (params: object, on = target): Promise<{ state: unknown; heard: IterationPoint[] }> => {
    const heard: IterationPoint[] = []
    return { state: await fit(matrix, on, params, { iteration: (point) => heard.push(point) }), heard }
  }
  const folds = await listen({ maxIterations: 30 })
  expect(new Set(folds.heard.map(({ fold }) => fold))).toEqual(new Set([0, 1, 2, 3, 4]))
  const [start] = folds.heard
  expect(start).toMatchObject({ loss: 'log loss', fold: 0, folds: 5, iteration: 0 })
  expect(start?.validation).toBeCloseTo(Math.LN2, 1)
  expect(folds.heard.findLast(({ fold }) => fold === 0)?.training).toBeLessThan(start?.training ?? 0)
  expect(bytes(folds.state)).toEqual(bytes(await fit(matrix, target, { maxIterations: 30 })))

  const all = await listen({ maxIterations: 5, earlyStopping: false })
  expect(all.heard.map(({ iteration, validation }) => [iteration, validation])).toEqual(list(6, (i) => i).map((i) => [i, null]))

  const numbers = numbersOf(x.map((value) => 1000 + 50 * value))
  const squared = await listen({ maxIterations: 5, earlyStopping: true, validationFraction: 0.3 }, numbers)
  expect(squared.heard[0]).toMatchObject({ loss: 'RMSE', folds: 1 })
  expect(squared.heard[0]?.validation).toBeGreaterThan(40) // in the unit of the target
  expect(squared.heard[0]?.validation).toBeLessThan(60)
  expect((await listen({ maxIterations: 2, objective: 'absolute' }, numbers)).heard[0]?.loss).toBe('absolute error of the standardised target')
})

test('poor data give a prior, not an error: one row, one class, a constant target, no columns, constant columns, nothing but missing cells', async () => {
  const one = await fit(matrixOf([{ values: [1] }]), numbersOf([42]))
  expect([...(await numbers(one, matrixOf([{ values: [5, NaN] }])))]).toEqual([42, 42])
  const same = await fit(matrixOf([{ values: list(50, (i) => i) }]), classesOf(list(50, () => 1)))
  expect((await probabilities(same, matrixOf([{ values: [3] }])))[1]).toBeGreaterThan(0.98)
  const constant = await fit(matrixOf([{ values: list(50, (i) => i) }]), numbersOf(list(50, () => 7)))
  expect([...(await numbers(constant, matrixOf([{ values: [3] }])))]).toEqual([7])
  const none = await fit(matrixOf([], 4), classesOf([0, 1, 1, 1]))
  expect([...(await probabilities(none, matrixOf([], 2)))].map((p) => Number(p.toFixed(6)))).toEqual([0.25, 0.75, 0.25, 0.75])
  const dull = await fit(matrixOf([{ values: list(40, () => 3) }, { values: list(40, () => NaN) }, { values: list(40, () => NaN), cardinality: 0 }]), numbersOf(list(40, (i) => i)))
  expect((await numbers(dull, matrixOf([{ values: [1] }, { values: [2] }, { values: [0], cardinality: 0 }])))[0]).toBeCloseTo(19.5)
  expect(gradientBoosting.describe(dull, []).importance).toEqual([])
})

test('a class without training rows gets a small probability', async () => {
  const state = await fit(matrixOf([{ values: list(60, (i) => i) }]), classesOf(list(60, (i) => (i < 30 ? 0 : 2)), ['a', 'b', 'c']))
  const p = await probabilities(state, matrixOf([{ values: [5] }]))
  expect(p[1]).toBeLessThan(0.02)
  expect(p[0]).toBeGreaterThan(0.9)
})

test('one class alone is certain; a matrix with other columns is refused', async () => {
  const state = await fit(matrixOf([{ values: list(30, (i) => i) }]), classesOf(list(30, () => 0), ['only']))
  expect([...(await probabilities(state, matrixOf([{ values: [1, 2] }])))]).toEqual([1, 1])
  await expect(gradientBoosting.predict(state, matrixOf([{ values: [1] }, { values: [1] }]))).rejects.toThrow('takes 1 columns')
})

test('zero rows give zero predictions', async () => {
  const state = await fit(matrixOf([{ values: list(50, (i) => i) }]), classesOf(list(50, (i) => i % 2)))
  const empty: Prediction = await gradientBoosting.predict(state, matrixOf([{ values: [] }]))
  expect(empty).toEqual({ kind: 'classes', probabilities: new Float64Array(), classes: ['no', 'yes'] })
})

test('a target that is not finite names its row; cancelling stops between rounds', async () => {
  const matrix = matrixOf([{ values: [1, 2, 3] }])
  await expect(fit(matrix, numbersOf([1, NaN, 3]))).rejects.toThrow('Row 2')
  let calls = 0
  const stop = (): void => {
    if (++calls > 6) throw new MillraceError({ code: 'cancelled', headline: 'Cancelled', nextStep: '-' })
  }
  const big = matrixOf([{ values: list(1000, (i) => i) }])
  await expect(fit(big, numbersOf(list(1000, (i) => i % 7)), {}, { throwIfAborted: stop })).rejects.toThrow('Cancelled')
  expect(calls).toBe(7)
})

test('a saved model predicts the same bits', async () => {
  const rng = createRng(12)
  const data = mixedColumns(rng, 2000, 9)
  const matrix = matrixOf(data)
  const state = await fit(matrix, classesOf(list(2000, (i) => (signal(data, i) > 0 ? 1 : 0))), { maxIterations: 20, earlyStopping: false })
  const { json, arrays } = bytes(state)
  const back = gradientBoosting.deserialise({ json: JSON.parse(JSON.stringify(json)) as unknown, arrays })
  expect(await gradientBoosting.predict(back, matrix)).toEqual(await gradientBoosting.predict(state, matrix))
  expect(bytes(back)).toEqual({ json, arrays })
})

test('a damaged or hostile file is refused: whatever number is changed, a load fails cleanly or predicts within bounds', async () => {
  const rng = createRng(13)
  const data = mixedColumns(rng, 300, 6)
  const matrix = matrixOf(data)
  const state = await fit(matrix, classesOf(list(300, (i) => (signal(data, i) > 0 ? 1 : 0))), { maxIterations: 4, minSamplesLeaf: 5 })
  const { json, arrays } = bytes(state)
  let refused = 0
  for (let attempt = 0; attempt < 400; attempt++) {
    const copy = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()]))
    const names = Object.keys(copy).filter((name) => (copy[name]?.length ?? 0) > 0)
    const array = copy[names[rng.below(names.length)] as string]
    if (array === undefined) throw new Error('no array')
    array[rng.below(array.length)] = [-1, 0, 1, 255, 256, 70_000, 2 ** 31 - 1, -(2 ** 31), NaN][rng.below(9)] as number
    try {
      const loaded = gradientBoosting.deserialise({ json, arrays: copy })
      expect((await probabilities(loaded, matrix)).length).toBe(600)
    } catch (error) {
      expect(error).toBeInstanceOf(MillraceError)
      expect((error as MillraceError).data.code).toBe('corrupt')
      refused++
    }
  }
  expect(refused).toBeGreaterThan(100)
  for (const broken of [null, {}, { ...(json as object), formatVersion: 2 }, { ...(json as object), start: [1, 2] }]) {
    expect(() => gradientBoosting.deserialise({ json: broken, arrays })).toThrow(MillraceError)
  }
  expect(() => gradientBoosting.deserialise({ json, arrays: {} })).toThrow('missing')
})

test('candidates: the first is the default, all are valid', () => {
  for (const rows of [100, 5000, 200_000]) {
    const space = gradientBoosting.searchSpace({ rows, columns: 10, classes: 2, task: 'binary-classification' })
    expect(space[0]?.params).toEqual({})
    expect(new Set(space.map(({ label }) => label)).size).toBe(space.length)
    for (const { params } of space) expect(() => gradientBoosting.params.parse(params)).not.toThrow()
  }
})
