import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cancelled, MillraceError, toErrorData } from '../../src/shared/errors.ts'
import type { Task } from '../../src/shared/domain/task.ts'
import { createRng } from '../../src/main/base/rng.ts'
import type { Estimator } from '../../src/main/learn/estimator.ts'
import { estimators } from '../../src/main/learn/estimators/index.ts'
import type { FitContext } from '../../src/main/learn/fit-context.ts'
import type { SavedState } from '../../src/main/learn/saved-state.ts'
import type { Matrix, Prediction, Target } from '../../src/main/table/matrix.ts'
import { createKernelPool } from '../../src/main/wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../src/main/wasm/kernel-pool.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from '../unit/learn/estimators/made-data.ts'

const classNames = { 'binary-classification': ['no', 'yes'], 'multiclass-classification': ['a', 'b', 'c'], regression: [] } as const

/** A target that depends on the first two columns, with noise; `rows` of it. */
function targetFor(task: Task, columns: readonly (readonly number[])[]): Target {
  const rng = createRng(7)
  const scores = (columns[0] ?? []).map((x, i) => 2 * x - (columns[1]?.[i] ?? 0) + 0.3 * rng.normal())
  if (task === 'regression') return numberTarget(scores.map((score) => 10 + 3 * score))
  const classes = classNames[task]
  return classTarget(scores.map((score) => (classes.length === 2 ? (score > 0 ? 1 : 0) : score < -1 ? 0 : score < 1 ? 1 : 2)), classes)
}

/** What the estimator accepts, with missing cells and categories where it takes them. */
function dataFor(estimator: Estimator, task: Task, rows: number): { matrix: Matrix; target: Target } {
  const columns = normalColumns(rows, 5, 3)
  const target = targetFor(task, columns)
  const rng = createRng(11)
  if (estimator.accepts.missing) columns[2] = (columns[2] ?? []).map((x) => (rng.uniform() < 0.2 ? Number.NaN : x))
  if (!estimator.accepts.categorical) return { matrix: matrixOf(columns), target }
  columns[4] = (columns[4] ?? []).map(() => rng.below(6))
  return { matrix: matrixOf(columns, [{}, {}, {}, {}, { kind: 'categorical', cardinality: 6 }]), target }
}

function outputsOf(prediction: Prediction): Float64Array {
  return prediction.kind === 'classes' ? prediction.probabilities : prediction.values
}

/** The bytes of a saved state, so that equality means bit for bit. */
function bytesOf(saved: SavedState): unknown {
  return [JSON.stringify(saved.json), Object.entries(saved.arrays).map(([name, array]) => [name, array.constructor.name, [...new Uint8Array(array.buffer, array.byteOffset, array.byteLength)]])]
}

function throughFile({ json, arrays }: SavedState): SavedState {
  return { json: JSON.parse(JSON.stringify(json)) as unknown, arrays: Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()])) }
}

function checkPrediction(prediction: Prediction, target: Target, rows: number): void {
  const values = outputsOf(prediction)
  expect(prediction.kind).toBe(target.kind)
  expect([...values].every((value) => Number.isFinite(value))).toBe(true)
  if (prediction.kind === 'numbers') {
    expect(values.length).toBe(rows)
    return
  }
  const width = prediction.classes.length
  expect(prediction.classes).toEqual(target.kind === 'classes' ? target.classes : [])
  expect(values.length).toBe(rows * width)
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * width, (row + 1) * width)
    expect(own.every((p) => p >= 0 && p <= 1)).toBe(true)
    expect(own.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
  }
}

/** Fits and predicts; undefined where the data is refused with an error that a user can act on. */
async function fitted(estimator: Estimator, matrix: Matrix, target: Target, ctx: FitContext = fitContext()): Promise<{ state: unknown; prediction: Prediction } | undefined> {
  try {
    const state = await estimator.fit(matrix, target, estimator.params.parse({}), ctx)
    return { state, prediction: await estimator.predict(state, matrix) }
  } catch (error) {
    expect(error).toBeInstanceOf(MillraceError)
    expect(toErrorData(error).code).toBe('invalid-data')
    return undefined
  }
}

test('ids are unique, and the simplest comes first', () => {
  expect(new Set(estimators.map(({ id }) => id)).size).toBe(estimators.length)
  expect(estimators[0]?.id).toBe('baseline')
})

let four: KernelPool
beforeAll(async () => {
  four = await createKernelPool({ threads: 4 })
})
afterAll(async () => {
  await four.close()
})

const cases = estimators.flatMap((estimator) => estimator.tasks.map((task) => [estimator.id, task, estimator] as const))

describe.each(cases)('%s for %s', (_id, task, estimator) => {
  const params = estimator.params.parse({})
  const { matrix, target } = dataFor(estimator, task, 240)

  test('has words and defaults, and refuses parameters that it does not know', () => {
    expect(estimator.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(estimator.label).not.toBe('')
    expect(estimator.help).toMatch(/\.$/)
    expect(estimator.params.safeParse({ nonsense: 1 }).success).toBe(false)
  })

  test('offers settings that its own schema takes, the default first', () => {
    const space = estimator.searchSpace({ rows: 1000, columns: 10, classes: 3, task })
    expect(estimator.params.parse(space[0]?.params)).toEqual(params)
    for (const candidate of space) expect(estimator.params.safeParse(candidate.params).success).toBe(true)
    expect(new Set(space.map(({ label }) => label)).size).toBe(space.length)
  })

  test('estimates more memory for more rows, at least that of the matrix', () => {
    const small = estimator.estimateMemory({ rows: 1000, columns: 10, classes: 2 }, params)
    expect(small).toBeGreaterThanOrEqual(1000 * 10 * 4)
    expect(estimator.estimateMemory({ rows: 1_000_000, columns: 10, classes: 2 }, params)).toBeGreaterThan(small)
  })

  test('gives the same model for the same seed, on one thread and on four, and changes no input', async () => {
    const before = matrix.data.slice()
    const targetBefore = JSON.stringify(target)
    const states = []
    for (const ctx of [fitContext(5), fitContext(5), { ...fitContext(5), pool: four }]) {
      states.push(bytesOf(estimator.serialise(await estimator.fit(matrix, target, params, ctx))))
    }
    expect(states[1]).toEqual(states[0])
    expect(states[2]).toEqual(states[0])
    expect(matrix.data).toEqual(before)
    expect(JSON.stringify(target)).toBe(targetBefore)
  })

  test('predicts one probability vector or number per row, the same for a row alone, and nothing for no rows', async () => {
    const state = await estimator.fit(matrix, target, params, fitContext())
    const prediction = await estimator.predict(state, matrix)
    checkPrediction(prediction, target, matrix.rows)
    expect(outputsOf(await estimator.predict(state, matrix, four))).toEqual(outputsOf(prediction))
    const width = outputsOf(prediction).length / matrix.rows
    const row = matrixOf(matrix.columns.map((_, j) => [matrix.data[j * matrix.rows + 17] ?? 0]), matrix.columns)
    expect(outputsOf(await estimator.predict(state, row))).toEqual(outputsOf(prediction).slice(17 * width, 18 * width))
    const nothing = await estimator.predict(state, { rows: 0, columns: matrix.columns, data: new Float32Array(0) })
    expect(outputsOf(nothing).length).toBe(0)
  })

  test('saved and loaded it predicts bit for bit the same; anything else is refused as corrupt', async () => {
    const state = await estimator.fit(matrix, target, params, fitContext())
    const saved = estimator.serialise(state)
    const loaded = estimator.deserialise(throughFile(saved))
    expect(outputsOf(await estimator.predict(loaded, matrix))).toEqual(outputsOf(await estimator.predict(state, matrix)))
    const damaged: SavedState[] = [{ json: null, arrays: saved.arrays }, { json: {}, arrays: {} }, { json: 'x', arrays: saved.arrays }]
    if (Object.keys(saved.arrays).length > 0) damaged.push({ json: saved.json, arrays: {} })
    for (const bad of damaged) expect(codeOf(() => estimator.deserialise(bad))).toBe('corrupt')
  })

  test('describes itself; importance is a distribution over columns', async () => {
    const state = await estimator.fit(matrix, target, params, fitContext())
    const { summary, importance } = estimator.describe(state, matrix.columns)
    expect(summary).not.toBe('')
    for (const { value } of importance) expect(value).toBeGreaterThanOrEqual(0)
    const names = matrix.columns.map(({ name }) => name)
    expect(importance.every(({ column }) => names.includes(column))).toBe(true)
    if (importance.length > 0) expect(importance.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 9)
  })

  test('learns from few rows, constant columns and constant targets, or says why not', async () => {
    for (const rows of [1, 2, 3]) {
      const few = dataFor(estimator, task, rows)
      const result = await fitted(estimator, few.matrix, few.target)
      if (result !== undefined) checkPrediction(result.prediction, few.target, rows)
    }
    const constant = matrixOf([Array.from({ length: 40 }, () => 3), Array.from({ length: 40 }, () => 0)])
    const varying = targetFor(task, normalColumns(40, 2))
    const flat = await fitted(estimator, constant, varying)
    if (flat !== undefined) checkPrediction(flat.prediction, varying, 40)
    const same = task === 'regression' ? numberTarget(Array.from({ length: 40 }, () => 2.5)) : classTarget(Array.from({ length: 40 }, () => 1), classNames[task])
    const result = await fitted(estimator, matrixOf(normalColumns(40, 2)), same)
    if (result !== undefined) checkPrediction(result.prediction, same, 40)
  })

  test('missing, infinite and huge cells give finite predictions or a clear error', async () => {
    for (const odd of [Number.NaN, Infinity, -Infinity, 3e38]) {
      const columns = normalColumns(60, 2)
      const varying = targetFor(task, columns)
      const result = await fitted(estimator, matrixOf([columns[0] ?? [], (columns[1] ?? []).map((x, i) => (i % 7 === 0 ? odd : x))]), varying)
      if (result !== undefined) checkPrediction(result.prediction, varying, 60)
    }
  })

  test('a column that is missing everywhere does not stop an estimator that takes missing cells', async () => {
    if (!estimator.accepts.missing) return
    const columns = normalColumns(60, 2)
    const varying = targetFor(task, columns)
    const state = await estimator.fit(matrixOf([columns[0] ?? [], Array.from({ length: 60 }, () => Number.NaN)]), varying, params, fitContext())
    checkPrediction(await estimator.predict(state, matrixOf([columns[0] ?? [], columns[1] ?? []])), varying, 60)
  })

  test('stops when it is cancelled', async () => {
    if (estimator.id === 'baseline') return // a single pass over the target: nothing to stop
    let polls = 0
    const ctx: FitContext = {
      ...fitContext(),
      throwIfAborted: () => {
        if (++polls > 2) throw cancelled()
      },
    }
    await expect(estimator.fit(matrix, target, params, ctx)).rejects.toMatchObject({ data: { code: 'cancelled' } })
    const again = await estimator.predict(await estimator.fit(matrix, target, params, fitContext()), matrix)
    checkPrediction(again, target, matrix.rows)
  })
})

/** The last two columns of a matrix of non-negative numbers as a sparse block, and the same cells dense. */
function withSparseBlock(task: Task, rows: number): { readonly matrix: Matrix; readonly target: Target } {
  const columns = normalColumns(rows, 3, 5)
  const words = ['good', 'bad', 'never'].map((_, j) => (columns[j] ?? []).map((x) => (j < 2 && x > 0.4 ? Math.fround(x) : 0)))
  const cells = words.map((word) => [...word.entries()].filter(([, value]) => value !== 0))
  const names = ['good', 'bad', 'never'].map((name) => ({ name, source: 'text', kind: 'numeric' as const }))
  const dense = matrixOf([columns[2] ?? []])
  return {
    matrix: {
      ...dense,
      columns: [...dense.columns, ...names],
      sparse: {
        starts: Int32Array.from([0, 1, 2, 3], (end) => cells.slice(0, end).reduce((sum, own) => sum + own.length, 0)),
        rows: Int32Array.from(cells.flat(), ([row]) => row),
        values: Float32Array.from(cells.flat(), ([, value]) => value),
      },
    },
    target: targetFor(task, [words[0] ?? [], words[1] ?? []]),
  }
}

/** One row of a matrix with a sparse block. */
function rowOf(matrix: Matrix, row: number): Matrix {
  const { starts, rows, values } = matrix.sparse ?? { starts: new Int32Array(1), rows: new Int32Array(), values: new Float32Array() }
  const kept = [...rows.keys()].filter((at) => rows[at] === row)
  return {
    rows: 1,
    columns: matrix.columns,
    data: Float32Array.from({ length: matrix.data.length / matrix.rows }, (_, j) => matrix.data[j * matrix.rows + row] ?? 0),
    sparse: {
      starts: Int32Array.from(starts, (start) => kept.filter((at) => at < start).length),
      rows: new Int32Array(kept.length),
      values: Float32Array.from(kept, (at) => values[at] ?? 0),
    },
  }
}

describe.each(cases.filter(([, , { accepts }]) => accepts.sparse))('%s for %s on a sparse block', (_id, task, estimator) => {
  const params = estimator.params.parse({})
  const { matrix, target } = withSparseBlock(task, 240)

  test('gives the same model on one thread and on four, changes no input, and predicts a row alone as among others', async () => {
    const before = [...(matrix.sparse?.values ?? [])]
    const states = []
    for (const pool of [fitContext().pool, four]) states.push(await estimator.fit(matrix, target, params, { ...fitContext(5), pool }))
    expect(bytesOf(estimator.serialise(states[1]))).toEqual(bytesOf(estimator.serialise(states[0])))
    expect([...(matrix.sparse?.values ?? [])]).toEqual(before)
    const prediction = await estimator.predict(states[0], matrix)
    checkPrediction(prediction, target, matrix.rows)
    const width = outputsOf(prediction).length / matrix.rows
    for (const row of [0, 17, 239]) {
      expect(outputsOf(await estimator.predict(states[0], rowOf(matrix, row)))).toEqual(outputsOf(prediction).slice(row * width, (row + 1) * width))
    }
    const none = { rows: 0, columns: matrix.columns, data: new Float32Array(0), sparse: { starts: new Int32Array(4), rows: new Int32Array(0), values: new Float32Array(0) } }
    expect(outputsOf(await estimator.predict(states[0], none)).length).toBe(0)
  })

  test('learns from the block: it beats the target alone', async () => {
    if (estimator.id === 'baseline') return // looks at no column
    const prediction = await estimator.predict(await estimator.fit(matrix, target, params, fitContext()), matrix)
    const idle = await baselineOf(matrix, target)
    expect(lossOf(prediction, target)).toBeLessThan(0.9 * lossOf(idle, target))
  })

  test('saved and loaded it predicts bit for bit the same, and describes itself', async () => {
    const state = await estimator.fit(matrix, target, params, fitContext())
    const loaded = estimator.deserialise(throughFile(estimator.serialise(state)))
    expect(outputsOf(await estimator.predict(loaded, matrix))).toEqual(outputsOf(await estimator.predict(state, matrix)))
    expect(estimator.describe(state, matrix.columns).summary).not.toBe('')
  })

  test('learns from few rows and from a block without entries', async () => {
    for (const rows of [1, 2, 3]) {
      const few = withSparseBlock(task, rows)
      const result = await fitted(estimator, few.matrix, few.target)
      if (result !== undefined) checkPrediction(result.prediction, few.target, rows)
    }
    const sparse = { starts: new Int32Array(4), rows: new Int32Array(0), values: new Float32Array(0) }
    const empty = await fitted(estimator, { ...matrix, sparse }, target)
    if (empty !== undefined) checkPrediction(empty.prediction, target, matrix.rows)
  })

  test('counts the entries when it estimates memory, and offers settings that its schema takes', () => {
    const shape = { rows: 100_000, columns: 110, dense: 10, sparse: 50_000, classes: 2 }
    expect(estimator.estimateMemory(shape, params)).toBeGreaterThanOrEqual(100_000 * 110 * 4)
    for (const candidate of estimator.searchSpace({ ...shape, task })) expect(estimator.params.safeParse(candidate.params).success).toBe(true)
  })
})

async function baselineOf(matrix: Matrix, target: Target): Promise<Prediction> {
  const [baseline] = estimators
  if (baseline === undefined) throw new Error('no estimators')
  return baseline.predict(await baseline.fit(matrix, target, {}, fitContext()), matrix)
}

/** Mean log loss or mean squared error. */
function lossOf(prediction: Prediction, target: Target): number {
  if (prediction.kind === 'classes' && target.kind === 'classes') {
    const width = prediction.classes.length
    return -target.codes.reduce((sum, code, i) => sum + Math.log(Math.max(1e-15, prediction.probabilities[i * width + code] ?? 0)), 0) / target.codes.length
  }
  if (prediction.kind !== 'numbers' || target.kind !== 'numbers') throw new Error('prediction and target differ in kind')
  return target.values.reduce((sum, value, i) => sum + (value - (prediction.values[i] ?? 0)) ** 2, 0) / target.values.length
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return toErrorData(error).code
  }
  return 'no error'
}
