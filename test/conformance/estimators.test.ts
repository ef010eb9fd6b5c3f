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

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return toErrorData(error).code
  }
  return 'no error'
}
