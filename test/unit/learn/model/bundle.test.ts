import { describe, expect, test } from 'vitest'
import { toErrorData, type ErrorData } from '../../../../src/shared/errors.ts'
import { checkSamples, loadModel, modelInputs, predictModel, saveModel } from '../../../../src/main/learn/model/index.ts'
import { madeModel, madeTrainingSet } from './made-model.ts'

function failure(run: () => unknown): ErrorData {
  try {
    run()
  } catch (error) {
    return toErrorData(error)
  }
  throw new Error('it did not fail')
}

describe('a saved model', () => {
  test.each([[['baseline']], [['linear']], [['nearest-neighbours']], [['gradient-boosting']], [['linear', 'gradient-boosting']]])('of %j predicts bit for bit the same when loaded', async (ids) => {
    for (const task of ['binary-classification', 'multiclass-classification', 'regression'] as const) {
      const set = madeTrainingSet(90, task)
      const model = await madeModel(ids, set)
      const { json, weights } = saveModel(model)
      const loaded = loadModel(new TextEncoder().encode(json), weights)
      expect(await predictModel(loaded, set.table)).toEqual(await predictModel(model, set.table))
      expect({ ...loaded, members: [] }).toEqual({ ...model, members: [] })
      expect(saveModel(loaded)).toEqual({ json, weights })
      await expect(checkSamples(loaded)).resolves.toBeUndefined()
    }
  })

  test('reads weights from a part of a larger buffer, as files give them', async () => {
    const set = madeTrainingSet(90, 'binary-classification')
    const { json, weights } = saveModel(await madeModel(['linear', 'gradient-boosting'], set))
    const larger = Buffer.alloc(weights.length + 24, 0xa5)
    larger.set(weights, 13)
    const loaded = loadModel(new TextEncoder().encode(json), larger.subarray(13, 13 + weights.length))
    expect(saveModel(loaded)).toEqual({ json, weights })
    larger.fill(0)
    expect(saveModel(loaded)).toEqual({ json, weights })
  })

  test('names the columns that it reads, each once, whatever its members need', async () => {
    const model = await madeModel(['linear', 'gradient-boosting'])
    expect(modelInputs(model).map(({ schema, as }) => [schema.name, as])).toEqual([['tenure', 'number'], ['plan', 'category']])
  })

  test('carries sample rows as their cells read, with what it said of them', async () => {
    const model = await madeModel(['linear'])
    expect(model.samples).toHaveLength(8)
    expect(Object.keys(model.samples[0]?.input ?? {})).toEqual(['tenure', 'plan'])
    const forged = { ...model, samples: model.samples.map((sample) => ({ ...sample, output: sample.output.map((p) => p + 1e-12) })) }
    await expect(checkSamples(forged)).rejects.toMatchObject({ data: { code: 'corrupt' } })
  })

  test('lists its arrays with type, shape and offset at multiples of eight bytes', async () => {
    const { json, weights } = saveModel(await madeModel(['linear']))
    const { weights: table } = JSON.parse(json) as { weights: { bytes: number; arrays: { name: string; dtype: string; shape: number[]; offset: number }[] } }
    expect(table.bytes).toBe(weights.length)
    expect(table.arrays.map(({ name }) => name)).toEqual(['0/coefficients', '0/deviations', '0/intercepts', '0/means'])
    for (const { dtype, offset } of table.arrays) expect([dtype, offset % 8]).toEqual(['float64', 0])
    const means = table.arrays.find(({ name }) => name === '0/means')
    const at = new DataView(weights.buffer, weights.byteOffset + (means?.offset ?? 0)).getFloat64(0, true)
    expect(Number.isFinite(at)).toBe(true)
  })
})

describe('loading is hostile until proven', async () => {
  const { json, weights } = saveModel(await madeModel(['linear', 'gradient-boosting']))
  const changed = (change: (content: Record<string, unknown>) => void): string => {
    const content = JSON.parse(json) as Record<string, unknown>
    change(content)
    return JSON.stringify(content)
  }
  const member = (content: Record<string, unknown>) => (content['members'] as Record<string, Record<string, unknown>>[])[0] ?? {}

  test('a newer format, estimator or transform is refused as newer', () => {
    expect(failure(() => loadModel(changed((c) => (c['formatVersion'] = 3)), weights)).code).toBe('newer-version')
    expect(failure(() => loadModel(changed((c) => (member(c)['estimator'] = { id: 'linear', version: 99, params: {} })), weights)).code).toBe('newer-version')
  })

  test('an estimator that this Millrace does not have is named', () => {
    const error = failure(() => loadModel(changed((c) => (member(c)['estimator'] = { id: 'oracle', version: 1, params: {} })), weights))
    expect(error.code).toBe('unsupported')
    expect(error.headline).toContain('"oracle"')
  })

  test.each([
    ['cut off', () => json.slice(0, 500)],
    ['not JSON', () => 'PK\u0003\u0004'],
    ['another JSON', () => '{"format":"something"}'],
    ['no members', () => changed((c) => (c['members'] = []))],
    ['no weights table', () => changed((c) => delete c['weights'])],
    ['no classes', () => changed((c) => (c['classes'] = []))],
    ['state of another estimator', () => changed((c) => (member(c)['state'] = { kind: 'numbers', mean: 1 } as never))],
  ])('model.json: %s', (_what, make) => {
    expect(failure(() => loadModel(make(), weights)).code).toBe('corrupt')
  })

  test('model.json that is not UTF-8', () => {
    expect(failure(() => loadModel(Uint8Array.of(0xff, 0xfe, 0x00), weights)).code).toBe('corrupt')
  })

  test('weights.bin cut off, longer, or with one bit changed', () => {
    const flipped = weights.slice()
    flipped[5] = (flipped[5] ?? 0) ^ 1
    for (const bad of [weights.subarray(0, weights.length - 1), new Uint8Array(weights.length + 1), flipped, new Uint8Array(0)]) {
      expect(failure(() => loadModel(json, bad)).code).toBe('corrupt')
    }
  })

  test('a table of contents that points outside the file', () => {
    const outside = changed((c) => {
      const table = c['weights'] as { arrays: { offset: number }[] }
      for (const array of table.arrays) array.offset = 1e15
    })
    expect(failure(() => loadModel(outside, weights)).message).toContain('after the end of the file')
  })

  test('names such as __proto__ in it touch nothing', () => {
    const odd = json.replace('"lineage":{', '"lineage":{"__proto__":"x",')
    expect(loadModel(odd, weights).rows).toBe(120)
    expect(({} as Record<string, unknown>)['step']).toBeUndefined()
  })
})
