import { afterAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../../src/main/compute/backends/index.ts'
import { predict as predictOn } from '../../../../../src/main/compute/network.ts'
import { tf } from '../../../../../src/main/compute/tensors.ts'
import type { FitContext, IterationPoint } from '../../../../../src/main/learn/fit-context.ts'
import { networkOf } from '../../../../../src/main/learn/estimators/mlp/architecture.ts'
import { encodeRows, learnEncoding } from '../../../../../src/main/learn/estimators/mlp/encode.ts'
import { fitMlp } from '../../../../../src/main/learn/estimators/mlp/fit.ts'
import { mlpParams, type MlpParams } from '../../../../../src/main/learn/estimators/mlp/params.ts'
import { settingsFor } from '../../../../../src/main/learn/estimators/mlp/settings.ts'
import { partsFor } from '../../../../../src/main/learn/estimators/mlp/judging.ts'
import { meanForUnseen } from '../../../../../src/main/learn/estimators/mlp/unseen-classes.ts'
import { mlp } from '../../../../../src/main/learn/estimators/mlp/mlp.ts'
import { predictMlp, scoresOf } from '../../../../../src/main/learn/estimators/mlp/predict.ts'
import { crossEntropyOf } from '../../../../../src/main/learn/neural/scores.ts'
import type { MlpState } from '../../../../../src/main/learn/estimators/mlp/state.ts'
import { outputsOf } from '../../../../../src/main/learn/neural/problem.ts'
import { temperatureFor } from '../../../../../src/main/learn/neural/temperature.ts'
import type { Matrix, MatrixColumn, Target } from '../../../../../src/main/table/matrix.ts'
import { createKernelPool } from '../../../../../src/main/wasm/create-kernel-pool.ts'

const pool = await createKernelPool({ threads: 1 })
afterAll(() => pool.close())

const context = (more: Partial<FitContext> = {}): FitContext => ({ rng: createRng(3), pool, throwIfAborted: () => undefined, progress: () => undefined, ...more })
const params = (given: Partial<MlpParams>): MlpParams => mlpParams.parse({ hidden: [16, 8], dropout: 0.1, epochs: 60, seeds: 1, ...given })

function matrixOf(columns: readonly { readonly cells: readonly number[]; readonly cardinality?: number }[]): Matrix {
  const rows = columns[0]?.cells.length ?? 0
  return {
    rows,
    columns: columns.map(({ cardinality }, j): MatrixColumn => {
      const name = `column ${String(j)}`
      return cardinality === undefined ? { name, source: name, kind: 'numeric' } : { name, source: name, kind: 'categorical', cardinality }
    }),
    data: Float32Array.from(columns.flatMap(({ cells }) => cells)),
  }
}

const rng = createRng(8)
const rows = 400
const first = Array.from({ length: rows }, () => rng.normal() * 5 + 20)
const city = Array.from({ length: rows }, () => rng.below(3))
/** Of so many classes that a network learns vectors. */
const CITIES = 20
const matrix = matrixOf([{ cells: first }, { cells: city, cardinality: CITIES }])
/** A class that the city decides together with which side of the middle the number lies on. */
const truth = Int32Array.from({ length: rows }, (_, i) => Number((first[i] ?? 0) > 20 === ((city[i] ?? 0) === 1)))
const target: Target = { kind: 'classes', codes: truth, classes: ['no', 'yes'] }

function shareRight(state: MlpState, given: Matrix, codes: Int32Array): number {
  const prediction = predictMlp(state, given)
  if (prediction.kind !== 'classes') throw new Error('Classes were asked for')
  return codes.filter((code, i) => Number((prediction.probabilities[2 * i + 1] ?? 0) > 0.5) === code).length / codes.length
}

describe('encoding', () => {
  it('brings numbers to one scale, a constant one to 0, and unknown classes to one of their own', () => {
    const given = matrixOf([{ cells: [1, 2, 3, 4] }, { cells: [7, 7, 7, 7] }, { cells: [0, 1, Number.NaN, 9], cardinality: 2 }])
    const { numbers, codes } = encodeRows(given, learnEncoding(given, 'plain', 4))
    const column = (j: number): readonly number[] => [0, 1, 2, 3].map((row) => Number((numbers[row * 5 + j] ?? Number.NaN).toFixed(4)))
    expect(column(0)).toEqual([-1.3416, -0.4472, 0.4472, 1.3416])
    expect(column(1)).toEqual([0, 0, 0, 0])
    expect([column(2), column(3), column(4)]).toEqual([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]])
    expect(codes).toHaveLength(0)
  })

  it('gives a class that training rows never lacked no column for missing cells: they are 0 in all', () => {
    const encoding = learnEncoding(matrixOf([{ cells: [0, 1, 0], cardinality: 2 }]), 'plain', 4)
    expect(encoding).toEqual([{ kind: 'levels', classes: 2, missing: false }])
    expect([...encodeRows(matrixOf([{ cells: [1, Number.NaN, 5], cardinality: 2 }]), encoding).numbers]).toEqual([0, 1, 0, 0, 0, 0])
  })

  it('hands on class numbers of columns with many classes, whose vectors are learnt', () => {
    const given = matrixOf([{ cells: [0, 19, Number.NaN, 30], cardinality: 20 }])
    const encoding = learnEncoding(given, 'plain', 4)
    expect(encoding).toEqual([{ kind: 'classes', name: 'column 0', classes: 20 }])
    expect([...encodeRows(given, encoding).codes]).toEqual([0, 19, 20, 20])
  })

  it('says of a number how far it is through each bin, and goes on beyond the first and the last', () => {
    const training = matrixOf([{ cells: [0, 1, 2, 3, 4] }])
    const encoding = learnEncoding(training, 'piecewise', 2)
    expect(encoding).toEqual([{ kind: 'bins', edges: [0, 2, 4] }])
    const { numbers } = encodeRows(matrixOf([{ cells: [-1, 1, 3, 6] }]), encoding)
    expect([...numbers]).toEqual([-0.5, 0, 0.5, 0, 1, 0.5, 1, 2])
  })
})

describe('a neural network', () => {
  it.each(['plain', 'piecewise'] as const)('learns what numbers and classes decide together, %s', async (encoding) => {
    const state = await fitMlp(matrix, target, params({ encoding }), context())
    expect(shareRight(state, matrix, truth)).toBeGreaterThan(0.93)
  })

  it('begins by knowing nothing: the first epoch is not far worse than a constant', async () => {
    const heard: IterationPoint[] = []
    const values = Float64Array.from({ length: 40 }, (_, i) => 100 + (i % 7))
    const some = matrixOf(Array.from({ length: 10 }, () => ({ cells: Array.from({ length: 40 }, () => rng.normal()) })))
    for (let seed = 0; seed < 5; seed++) {
      const own = context({ rng: createRng(seed), iteration: (point) => heard.push(point) })
      await fitMlp(some, { kind: 'numbers', values }, params({ hidden: [64, 32], epochs: 1 }), own)
    }
    expect(Math.max(...heard.map(({ training }) => training ?? Infinity))).toBeLessThan(1) // a constant has a half
  })

  it('predicts by folded weights what its backend computes with them', async () => {
    const state = await fitMlp(matrix, target, params({ epochs: 5, seeds: 2 }), context())
    const encoded = encodeRows(matrix, state.encoding)
    const network = networkOf(state.encoding, state.form, outputsOf(state))
    for (const id of ['cpu', 'wasm'] as const) {
      const backend = await startBackend(id, { threads: 2 })
      const sums = new Float64Array(rows)
      for (const { weights, measured } of state.networks) {
        const batch = { numbers: tf.tensor2d(encoded.numbers, [rows, 1]), codes: tf.tensor2d(encoded.codes, [rows, 1], 'int32') }
        const shapes = [...network.stem.parameters, ...network.layers.flatMap((layer) => layer.parameters)]
        const scores = predictOn(network, batch, weights.map((values, i) => tf.tensor(values, [...(shapes[i]?.shape ?? [])])), measured)
        ;[...(await scores.data())].forEach((score, i) => {
          sums[i] = (sums[i] ?? 0) + score / state.networks.length
        })
      }
      await backend.close()
      scoresOf(state, encoded).forEach((score, i) => {
        expect(Math.abs(score - (sums[i] ?? Number.NaN))).toBeLessThan(1e-5)
      })
    }
  })

  it('says the losses of every epoch, stops where validation rows say so, and learns from all rows then', async () => {
    const heard: IterationPoint[] = []
    const noise: Target = { kind: 'classes', codes: truth.map((_, i) => i % 2), classes: ['no', 'yes'] }
    const state = await fitMlp(matrix, noise, params({ patience: 3, epochs: 200 }), context({ validation: { matrix, target }, iteration: (point) => heard.push(point) }))
    expect(heard.length).toBeLessThan(200)
    expect(heard.every(({ training, validation }) => Number.isFinite(training) && Number.isFinite(validation))).toBe(true)
    expect(heard.length - (state.networks[0]?.epochs ?? 0)).toBe(3)
  })

  it('learns a number in its own unit', async () => {
    const values = Float64Array.from(first, (cell, i) => 1000 + 40 * cell - 30 * (city[i] ?? 0))
    const state = await fitMlp(matrix, { kind: 'numbers', values }, params({ epochs: 80 }), context())
    const prediction = predictMlp(state, matrix)
    if (prediction.kind !== 'numbers') throw new Error('Numbers were asked for')
    const error = Math.sqrt(prediction.values.reduce((sum, value, i) => sum + (value - (values[i] ?? 0)) ** 2, 0) / rows)
    expect(error).toBeLessThan(40) // a constant errs by 200
  })

  it('takes a missing or unseen class as one more, and refuses a missing number', async () => {
    const cells = city.map((code, i) => (code === 1 && i % 2 === 0 ? Number.NaN : code))
    const holed = matrixOf([{ cells: first }, { cells, cardinality: CITIES }])
    expect(shareRight(await fitMlp(holed, target, params({}), context()), holed, truth)).toBeGreaterThan(0.85)
    const state = await fitMlp(matrix, target, params({ epochs: 2 }), context())
    expect(predictMlp(state, matrixOf([{ cells: [20, 20] }, { cells: [Number.NaN, 7], cardinality: CITIES }]))).toMatchObject({ kind: 'classes' })
    const broken = matrixOf([{ cells: first.with(3, Number.NaN) }, { cells: city, cardinality: CITIES }])
    await expect(fitMlp(broken, target, params({}), context())).rejects.toMatchObject({ data: { code: 'invalid-data', details: { row: 4 } } })
  })

  it.each([Number.NaN, Infinity, -Infinity])('names the column of a number that is %s, in training, validation and prediction alike', async (odd) => {
    const broken = matrixOf([{ cells: first.with(3, odd) }, { cells: city, cardinality: CITIES }])
    const refusal = { data: { code: 'invalid-data', details: { column: 'column 0', row: 4 } } }
    await expect(fitMlp(broken, target, params({}), context())).rejects.toMatchObject(refusal)
    await expect(fitMlp(matrix, target, params({}), context({ validation: { matrix: broken, target } }))).rejects.toMatchObject(refusal)
    const state = await fitMlp(matrix, target, params({ epochs: 1 }), context())
    await expect(Promise.resolve().then(() => predictMlp(state, broken))).rejects.toMatchObject(refusal)
  })

  it('refuses a target of one class', async () => {
    const same: Target = { kind: 'classes', codes: new Int32Array(rows), classes: ['no'] }
    await expect(fitMlp(matrix, same, params({}), context())).rejects.toMatchObject({ data: { code: 'invalid-data', message: expect.stringContaining('"no"') } })
  })

  it('learns from fewer rows than a step takes', async () => {
    const few = matrixOf([{ cells: [1, 2, 3, 4, 5] }])
    const state = await fitMlp(few, { kind: 'numbers', values: Float64Array.from([2, 4, 6, 8, 10]) }, params({ batchSize: 1024, dropout: 0, epochs: 300 }), context())
    const prediction = predictMlp(state, few)
    if (prediction.kind !== 'numbers') throw new Error('Numbers were asked for')
    expect(Math.abs((prediction.values[4] ?? 0) - 10)).toBeLessThan(2)
  })

  it('refuses a million classes, with what they would take and what to do', async () => {
    const wide = matrixOf([{ cells: first }, { cells: city, cardinality: 1_000_000 }])
    await expect(fitMlp(wide, target, params({ embedding: 32 }), context())).rejects.toMatchObject({
      data: { code: 'out-of-memory', nextStep: expect.stringContaining('maxLevels'), details: { column: 'column 1', classes: 1_000_000 } },
    })
  })

  it('begins again with a tenth of a rate that was too high, and says so', async () => {
    const values = Float64Array.from(first, (cell) => 3 * cell)
    const warnings: string[] = []
    const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) }
    const given = params({ learningRate: 1, batchNorm: false, dropout: 0, hidden: [256], batchSize: 8, epochs: 4 })
    const slow = params({ learningRate: 0.001, batchNorm: false, dropout: 0, epochs: 4 })
    const ending = await fitMlp(matrix, { kind: 'numbers', values }, given, context({ log })).then(
      (state) => mlp.describe(state, matrix.columns).summary,
      (error: unknown) => error,
    )
    expect(warnings.join(' ')).toContain('tenth of the rate')
    if (typeof ending === 'string') expect(ending).toContain('ran away at first')
    else expect(ending).toMatchObject({ data: { code: 'invalid-data', details: { diverged: true } } })
    const fine = await fitMlp(matrix, { kind: 'numbers', values }, slow, context())
    expect(mlp.describe(fine, matrix.columns).summary).not.toContain('ran away')
  })

  it('takes figures that are left to it from the number of rows', () => {
    const few = settingsFor(mlpParams.parse({}), { rows: 150, classes: true })
    const many = settingsFor(mlpParams.parse({}), { rows: 100_000, classes: true })
    expect(few.seeds).toBeGreaterThan(many.seeds)
    expect(few.hidden[0]).toBeLessThan(many.hidden[0] ?? 0)
    expect(few.epochs).toBeGreaterThan(many.epochs)
    expect(settingsFor(mlpParams.parse({}), { rows: 150, classes: false }).dropout).toBeLessThan(few.dropout)
    expect(settingsFor(params({ seeds: 7 }), { rows: 100_000, classes: true })).toMatchObject({ seeds: 7, dropout: 0.1, hidden: [16, 8] })
  })

  it('takes part in an automatic choice where many columns tell together, and not where it would cost too much', () => {
    const shapes = [[1300, 64], [200, 64], [1300, 10], [50_000, 64]] as const
    expect(shapes.map(([count, columns]) => mlp.worthTrying?.({ rows: count, columns }))).toEqual([true, false, false, false])
  })

  it('lets each of several networks hold back other rows, so that together they learn from all', () => {
    const parts = partsFor(rows, truth, 3, 0.15, createRng(1)) ?? []
    expect(parts).toHaveLength(3)
    for (const { train, held } of parts) expect(new Set([...train, ...held]).size).toBe(rows)
    expect(new Set(parts.flatMap(({ held }) => [...held])).size).toBe(parts.reduce((sum, { held }) => sum + held.length, 0))
    expect(new Set(parts.flatMap(({ train }) => [...train])).size).toBe(rows)
    expect(partsFor(20, undefined, 3, 0.15, createRng(1))).toBeUndefined()
  })

  it('gives a class that no row had the mean vector of those that rows had', () => {
    const vectors = Float32Array.from([1, 10, 3, 30, 9, 9, 7, 7])
    const bias = Float32Array.from([5])
    const encoding = [{ kind: 'classes', name: 'city', classes: 3 }] as const
    const [filled, kept] = meanForUnseen([vectors, bias], encoding, Int32Array.from([0, 1, 1, 1]), undefined)
    expect([...(filled ?? [])]).toEqual([1, 10, 3, 30, 2.5, 25, 2.5, 25])
    expect(kept).toBe(bias)
    expect([...(meanForUnseen([vectors], encoding, Int32Array.from([0, 1, 2, 3]), Int32Array.from([0]))[0] ?? [])]).toEqual([1, 10, 1, 10, 1, 10, 1, 10])
  })

  it('counts rows of a rare class as much as the others where that is asked for', async () => {
    const rare = truth.map((code, i) => (i % 10 === 0 ? code : 0))
    const given: Target = { kind: 'classes', codes: rare, classes: ['no', 'yes'] }
    const meanOf = async (classWeight: MlpParams['classWeight']): Promise<number> => {
      const prediction = predictMlp(await fitMlp(matrix, given, params({ epochs: 40, classWeight }), context()), matrix)
      if (prediction.kind !== 'classes') throw new Error('Classes were asked for')
      return prediction.probabilities.reduce((sum, value, at) => sum + (at % 2) * value, 0) / rows
    }
    expect(await meanOf('balanced')).toBeGreaterThan((await meanOf('none')) + 0.1)
  })
})

describe('temperature', () => {
  it.each([
    ['logistic', 1],
    ['softmax', 3],
  ] as const)('is the one with the smallest cross-entropy, %s', (link, outputs) => {
    const draw = createRng(2)
    const given = Int32Array.from({ length: 300 }, () => draw.below(link === 'logistic' ? 2 : 3))
    // Scores that are right but three times too sure.
    const scores = Float32Array.from({ length: 300 * outputs }, (_, at) => {
      const row = Math.floor(at / outputs)
      const own = link === 'logistic' ? (given[row] === 1 ? 1 : -1) : given[row] === at % outputs ? 1 : 0
      return 3 * (own + 1.2 * draw.normal())
    })
    const found = temperatureFor(link, scores, given, outputs)
    const at = (temperature: number): number => crossEntropyOf(link, scores, given, outputs, temperature)
    expect(found).toBeGreaterThan(1)
    expect(at(found)).toBeLessThan(at(1))
    expect(at(found)).toBeLessThanOrEqual(at(found * 1.02))
    expect(at(found)).toBeLessThanOrEqual(at(found * 0.98))
  })
})
