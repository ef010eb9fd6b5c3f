import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { linear } from '../../../../src/main/learn/estimators/linear/linear.ts'
import type { LinearState } from '../../../../src/main/learn/estimators/linear/state.ts'
import type { Matrix, Target } from '../../../../src/main/table/matrix.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from './made-data.ts'

async function fit(matrix: Matrix, target: Target, params: Record<string, unknown> = {}): Promise<LinearState> {
  return (await linear.fit(matrix, target, linear.params.parse(params), fitContext())) as LinearState
}

/** Largest component of the gradient of Σ loss + λ/2‖w‖² per row, computed here from the state alone. */
function gradientSize(state: LinearState, matrix: Matrix, codes: readonly number[]): number {
  const n = matrix.rows
  const p = matrix.columns.length
  const outputs = state.intercepts.length
  const gradient = Array.from({ length: outputs * (p + 1) }, () => 0)
  for (let i = 0; i < n; i++) {
    const x = Array.from({ length: p }, (_, j) => (matrix.data[j * n + i] ?? 0) - (state.means[j] ?? 0))
    const scores = Array.from(state.intercepts, (b, k) => b + x.reduce((sum, value, j) => sum + value * (state.coefficients[k * p + j] ?? 0), 0))
    const exp = outputs === 1 ? [] : scores.map((score) => Math.exp(score))
    const norm = exp.reduce((sum, e) => sum + e, 0)
    scores.forEach((score, k) => {
      const residual = outputs === 1 ? 1 / (1 + Math.exp(-score)) - (codes[i] ?? 0) : (exp[k] ?? 0) / norm - (codes[i] === k ? 1 : 0)
      x.forEach((value, j) => {
        gradient[k * (p + 1) + j] = (gradient[k * (p + 1) + j] ?? 0) + (residual * value) / n
      })
      gradient[k * (p + 1) + p] = (gradient[k * (p + 1) + p] ?? 0) + residual / n
    })
  }
  return Math.max(...gradient.map((g, at) => Math.abs(g + (at % (p + 1) === p ? 0 : (state.penalty * (state.coefficients[Math.floor(at / (p + 1)) * p + (at % (p + 1))] ?? 0)) / n))))
}

describe('ridge regression', () => {
  test('solves the normal equations: one centred column has a closed form', async () => {
    const x = [1, 2, 3, 4]
    const y = [2, 4, 5, 9]
    const state = await fit(matrixOf([x]), numberTarget(y), { regularisation: 2 })
    // Σ(x−x̄)(y−ȳ) / (Σ(x−x̄)² + λ) = 11 / (5 + 2)
    expect(state.coefficients[0]).toBeCloseTo(11 / 7, 10)
    expect(state.intercepts[0]).toBeCloseTo(5, 10)
    expect(state.means[0]).toBe(2.5)
  })

  test('without a penalty it finds the exact plane, whatever the units', async () => {
    const [a = [], b = []] = normalColumns(50, 2)
    const far = b.map((x) => Math.fround(1e6 + 1000 * x))
    const y = a.map((x, i) => 7 + 3 * x - 2e-3 * (far[i] ?? 0))
    const state = await fit(matrixOf([a, far]), numberTarget(y), { regularisation: 0 })
    expect(state.coefficients[0]).toBeCloseTo(3, 6)
    expect(state.coefficients[1]).toBeCloseTo(-2e-3, 9)
  })

  test('shares the weight among equal columns and gives constant ones none', async () => {
    const [x = []] = normalColumns(80, 1)
    const state = await fit(matrixOf([x, x, x.map(() => 4)]), numberTarget(x.map((value) => 2 * value)), { regularisation: 1e-3 })
    expect(state.coefficients[0]).toBeCloseTo(1, 4)
    expect(state.coefficients[1]).toBeCloseTo(state.coefficients[0] ?? 0, 8)
    expect(state.coefficients[2]).toBe(0)
  })

  test('takes targets up to the largest floating-point numbers', async () => {
    const state = await fit(matrixOf([[0, 1, 2, 3]]), numberTarget([0, 5e307, 1e308, 1.5e308]), { regularisation: 0 })
    expect((state.coefficients[0] ?? 0) / 5e307).toBeCloseTo(1, 9)
  })
})

describe('logistic and softmax regression', () => {
  test('converge: the gradient of the penalised mean loss is as small as stated', async () => {
    const columns = normalColumns(300, 6)
    const rng = createRng(4)
    const two = (columns[0] ?? []).map((x) => (x + rng.normal() > 0 ? 1 : 0))
    const three = (columns[0] ?? []).map((x, i) => (x + rng.normal() > 0.5 ? 2 : (columns[1]?.[i] ?? 0) > 0 ? 1 : 0))
    const matrix = matrixOf(columns)
    for (const [codes, classes] of [[two, ['n', 'y']], [three, ['a', 'b', 'c']]] as const) {
      const state = await fit(matrix, classTarget(codes, classes), { regularisation: 1 })
      expect(state.converged).toBe(true)
      expect(gradientSize(state, matrix, codes)).toBeLessThan(2e-6)
    }
  })

  test('separable data has a finite solution', async () => {
    const state = await fit(matrixOf([[-2, -1, 1, 2]]), classTarget([0, 0, 1, 1], ['n', 'y']), { regularisation: 1 })
    expect(state.converged).toBe(true)
    // w solves 2·(2·σ(−2w) + σ(−w)) = w, by the symmetry of the data
    const w = state.coefficients[0] ?? 0
    expect(2 * (2 / (1 + Math.exp(2 * w)) + 1 / (1 + Math.exp(w)))).toBeCloseTo(w, 5)
  })

  test('sparse one-hot columns give the solution that the same columns in the dense form give', async () => {
    const rng = createRng(9)
    const codes = Array.from({ length: 200 }, () => rng.below(5))
    const oneHot = Array.from({ length: 5 }, (_, level) => codes.map((code) => (code === level ? 1 : 0)))
    const y = codes.map((code) => (rng.uniform() < 0.15 * code ? 1 : 0))
    const sparse = await fit(matrixOf(oneHot), classTarget(y, ['n', 'y']), { regularisation: 1 })
    const table = codes.map((code) => sparse.coefficients[code] ?? 0)
    // Each level's coefficient balances its residuals: Σ (p − y) + λ w = 0.
    for (let level = 0; level < 5; level++) {
      let balance = sparse.coefficients[level] ?? 0
      codes.forEach((code, i) => {
        if (code !== level) return
        const centre = sparse.means.reduce((sum, mean, j) => sum + mean * (sparse.coefficients[j] ?? 0), 0)
        balance += 1 / (1 + Math.exp(-((sparse.intercepts[0] ?? 0) + (table[i] ?? 0) - centre))) - (y[i] ?? 0)
      })
      expect(Math.abs(balance)).toBeLessThan(1e-3)
    }
  })

  test('a class without training rows gets probability 0, the others share the rest', async () => {
    const [x = []] = normalColumns(40, 1)
    const matrix = matrixOf([x])
    const state = await fit(matrix, classTarget(x.map((value) => (value > 0 ? 2 : 0)), ['a', 'b', 'c']))
    const prediction = await linear.predict(state, matrix)
    if (prediction.kind !== 'classes') throw new Error('classes expected')
    expect(prediction.probabilities[1]).toBe(0)
    expect((prediction.probabilities[0] ?? 0) + (prediction.probabilities[2] ?? 0)).toBeCloseTo(1, 12)
  })
})

test('a column of huge cells hides no other column', async () => {
  const [x = [], other = []] = normalColumns(60, 2)
  const matrix = matrixOf([x, other.map((value, i) => (i % 7 === 0 ? 3e38 : value))])
  const state = await fit(matrix, numberTarget(x), { regularisation: 0.01 })
  expect(state.coefficients[0]).toBeCloseTo(1, 3)
  const classes = await fit(matrix, classTarget(x.map((value) => (value > 0.5 ? 2 : value > -0.5 ? 1 : 0)), ['a', 'b', 'c']), { regularisation: 1 })
  expect(classes.converged).toBe(true)
  expect(classes.coefficients[4]).toBeGreaterThan(1)
})

describe('the automatic penalty', () => {
  test('is strong where there is only noise and weak where there is only signal', async () => {
    const columns = normalColumns(120, 20)
    const rng = createRng(2)
    const noise = await fit(matrixOf(columns), numberTarget((columns[0] ?? []).map(() => rng.normal())))
    const signal = await fit(matrixOf(columns), numberTarget((columns[0] ?? []).map((x, i) => x + (columns[1]?.[i] ?? 0))))
    expect(noise.penalty).toBeGreaterThanOrEqual(30)
    expect(signal.penalty).toBeLessThanOrEqual(0.1)
  })
})

describe('curves', () => {
  test('follow what no line can, and stay level beyond the training range', async () => {
    const x = Array.from({ length: 200 }, (_, i) => Math.fround(i / 20 - 5))
    const state = await fit(matrixOf([x]), numberTarget(x.map((value) => Math.sin(value))), { curves: 8, regularisation: 0.001 })
    const prediction = await linear.predict(state, matrixOf([[-2, 0.5, 3, 4.95, 40]]))
    if (prediction.kind !== 'numbers') throw new Error('numbers expected')
    ;[-2, 0.5, 3].forEach((at, i) => {
      expect(prediction.values[i]).toBeCloseTo(Math.sin(at), 1)
    })
    expect(prediction.values[4]).toBeCloseTo(prediction.values[3] ?? 0, 1)
    expect(linear.describe(state, matrixOf([x]).columns).summary).toContain('1 of them as curves')
  })

  test('leave columns of two values as they are', async () => {
    const x = Array.from({ length: 60 }, (_, i) => i % 2)
    const state = await fit(matrixOf([x]), numberTarget(x), { curves: 5 })
    expect(state.knots).toEqual([[]])
  })
})

test('names column and row of a missing cell', async () => {
  const matrix = matrixOf([[1, 2, 3], [4, Number.NaN, 6]])
  await expect(fit(matrix, numberTarget([1, 2, 3]))).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'x1', row: 2 } } })
})

describe('sparse blocks', () => {
  /** Rows of three words; the first is of class 1, the second of class 0. */
  function words(): { matrix: Matrix; codes: number[] } {
    const rng = createRng(6)
    const codes = Array.from({ length: 200 }, () => rng.below(2))
    const entries = [0, 1, 2].map((word) => codes.flatMap((code, row) => (rng.uniform() < (word === 2 ? 0.5 : code === 1 - word ? 0.6 : 0.1) ? [row] : [])))
    const starts = Int32Array.from([0, 1, 2, 3], (end) => entries.slice(0, end).reduce((sum, own) => sum + own.length, 0))
    const rows = Int32Array.from(entries.flat())
    const columns = ['good', 'bad', 'the'].map((name) => ({ name, source: 'text', kind: 'numeric' as const }))
    return { matrix: { rows: 200, columns, data: new Float32Array(0), sparse: { starts, rows, values: new Float32Array(rows.length).fill(1) } }, codes }
  }

  test('log count ratios spare the words that tell the classes apart', async () => {
    const { matrix, codes } = words()
    const target = classTarget(codes, ['n', 'y'])
    const plain = await fit(matrix, target, { regularisation: 30 })
    const ratios = await fit(matrix, target, { regularisation: 30, logCountRatio: true })
    const sharpness = ({ coefficients }: LinearState): number => Math.abs(coefficients[0] ?? 0) / Math.abs(coefficients[2] ?? 1)
    expect(ratios.coefficients[0]).toBeGreaterThan(0)
    expect(ratios.coefficients[1]).toBeLessThan(0)
    expect(sharpness(ratios)).toBeGreaterThan(2 * sharpness(plain))
    await expect(fit(matrix, numberTarget(codes), { logCountRatio: true })).rejects.toMatchObject({ data: { code: 'invalid-parameter' } })
  })

  test('columns that are equal share what one of them would have, as equal dense columns do', async () => {
    const { matrix, codes } = words()
    const { sparse } = matrix
    if (sparse === undefined) throw new Error('no block')
    const of = (j: number): number[] => [...sparse.rows.subarray(sparse.starts[j], sparse.starts[j + 1])]
    const lists = [of(0), of(1), of(0), of(2), of(0)]
    const columns = lists.map((_, j) => ({ name: `word ${j}`, source: 'text', kind: 'numeric' as const }))
    const starts = Int32Array.from([0, 1, 2, 3, 4, 5], (end) => lists.slice(0, end).reduce((sum, own) => sum + own.length, 0))
    const block = { starts, rows: Int32Array.from(lists.flat()), values: new Float32Array(lists.flat().length).fill(1) }
    const repeated: Matrix = { rows: 200, columns, data: new Float32Array(0), sparse: block }
    const dense = matrixOf(lists.map((own) => Array.from({ length: 200 }, (_, i) => (own.includes(i) ? 1 : 0))))
    const target = classTarget(codes, ['n', 'y'])
    const [merged, plain] = [await fit(repeated, target, { regularisation: 3 }), await fit(dense, target, { regularisation: 3 })]
    merged.coefficients.forEach((value, j) => {
      expect(value).toBeCloseTo(plain.coefficients[j] ?? Number.NaN, 4)
    })
    merged.means.forEach((value, j) => {
      expect(value).toBeCloseTo(plain.means[j] ?? Number.NaN, 12)
    })
    const ratios = await fit(repeated, target, { regularisation: 3, logCountRatio: true })
    expect(ratios.coefficients[0]).toBe(ratios.coefficients[2])
    expect(ratios.coefficients.length).toBe(5)
  })

  test('an infinite weight is refused with its column and row', async () => {
    const { matrix, codes } = words()
    matrix.sparse?.values.set([Infinity], matrix.sparse.starts[1])
    await expect(fit(matrix, classTarget(codes, ['n', 'y']))).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'text', row: (matrix.sparse?.rows[matrix.sparse.starts[1] ?? 0] ?? 0) + 1 } } })
  })
})

describe('elastic net', () => {
  test('chooses a penalty that leaves noise out and keeps the signal', async () => {
    const columns = normalColumns(150, 20)
    const rng = createRng(8)
    const y = (columns[0] ?? []).map((x, i) => 2 * x - (columns[1]?.[i] ?? 0) + 0.5 * rng.normal())
    const state = await fit(matrixOf(columns), numberTarget(y), { l1Ratio: 1 })
    expect(state.coefficients[0]).toBeGreaterThan(1.8)
    expect(state.coefficients[1]).toBeLessThan(-0.8)
    expect(state.coefficients.filter((w) => w === 0).length).toBeGreaterThan(4)
  })
})

describe('class weights', () => {
  test('given by name weigh as if rows were repeated; unknown names are refused', async () => {
    const [x = []] = normalColumns(60, 1)
    const codes = x.map((value, i) => (value + Math.sin(i) > 0.5 ? 1 : 0))
    const repeated = [...x.keys()].flatMap((i) => (codes[i] === 1 ? [i, i, i] : [i]))
    const weighted = await fit(matrixOf([x]), classTarget(codes, ['n', 'y']), { regularisation: 1, classWeight: { y: 3 } })
    const twice = await fit(matrixOf([repeated.map((i) => x[i] ?? 0)]), classTarget(repeated.map((i) => codes[i] ?? 0), ['n', 'y']), { regularisation: 1 })
    expect(weighted.coefficients[0]).toBeCloseTo(twice.coefficients[0] ?? 0, 4)
    await expect(fit(matrixOf([x]), classTarget(codes, ['n', 'y']), { classWeight: { z: 3 } })).rejects.toMatchObject({ data: { code: 'invalid-parameter' } })
  })
})

test('reads models of version 1, which had no elastic net', async () => {
  const state = await fit(matrixOf(normalColumns(30, 2)), numberTarget(normalColumns(30, 1, 5)[0] ?? []))
  const saved = linear.serialise(state)
  const { l1Ratio: _none, ...json } = saved.json as Record<string, unknown>
  expect(linear.deserialise({ json, arrays: saved.arrays })).toEqual(state)
})
