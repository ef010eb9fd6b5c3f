import { expect, test } from 'vitest'
import type { Prediction } from '../../../../src/main/table/matrix.ts'
import { nearestNeighbours } from '../../../../src/main/learn/estimators/nearest-neighbours/nearest-neighbours.ts'
import { classTarget, fitContext, matrixOf, normalColumns, numberTarget } from './made-data.ts'

async function ask(train: readonly number[][], target: ReturnType<typeof classTarget>, params: object, asked: readonly number[][]): Promise<Prediction> {
  const state = await nearestNeighbours.fit(matrixOf(train), target, nearestNeighbours.params.parse(params), fitContext())
  return nearestNeighbours.predict(state, matrixOf(asked))
}

function numbers(prediction: Prediction): number[] {
  return prediction.kind === 'numbers' ? [...prediction.values] : []
}

test('averages the neighbours by one over their distance', async () => {
  // From 1: distances 1 and 2 to the numbers 10 and 40; (10 / 1 + 40 / 2) / (1 / 1 + 1 / 2) = 20.
  const answer = await ask([[0, 3, 50]], numberTarget([10, 40, 9999]), { neighbours: 2, scaling: 'none' }, [[1]])
  expect(numbers(answer)[0]).toBeCloseTo(20, 4)
})

test('a row that equals training rows asks those alone', async () => {
  const answer = await ask([[5, 5, 6]], numberTarget([1, 3, 100]), { neighbours: 3 }, [[5]])
  expect(numbers(answer)[0]).toBeCloseTo(2, 10)
})

test('gives every class some probability, the neighbours nearly all', async () => {
  const answer = await ask([[0, 1, 10, 11]], classTarget([0, 0, 1, 1], ['a', 'b']), { neighbours: 2 }, [[0.5]])
  if (answer.kind !== 'classes') throw new Error('not classes')
  expect(answer.probabilities[0]).toBeCloseTo((2 + 0.1 * 0.5) / 2.1, 5)
  expect(answer.probabilities[1]).toBeGreaterThan(0)
})

test('standard scaling makes columns count alike, none leaves them as measured', async () => {
  const train = [
    [0, 1000],
    [1, 0],
  ]
  const target = numberTarget([1, 2])
  expect(numbers(await ask(train, target, { neighbours: 1, scaling: 'standard' }, [[400], [0]]))).toEqual([2])
  expect(numbers(await ask(train, target, { neighbours: 1, scaling: 'none' }, [[400], [0]]))).toEqual([1])
})

test('finds the same neighbours as a plain search over all rows', async () => {
  const train = normalColumns(200, 4, 1)
  const asked = normalColumns(40, 4, 2)
  const target = Array.from({ length: 200 }, (_, row) => row)
  const answer = numbers(await ask(train, numberTarget(target), { neighbours: 1, scaling: 'none' }, asked))
  const plain = Array.from({ length: 40 }, (_, i) => {
    const distances = target.map((row) => train.reduce((sum, column, j) => sum + ((column[row] as number) - ((asked[j] as number[])[i] as number)) ** 2, 0))
    return distances.indexOf(Math.min(...distances))
  })
  expect(answer).toEqual(plain)
})

test('uniform weights count every neighbour alike', async () => {
  const answer = await ask([[0, 3, 50]], numberTarget([10, 40, 9999]), { neighbours: 2, scaling: 'none', weights: 'uniform' }, [[1]])
  expect(numbers(answer)[0]).toBeCloseTo(25, 10)
})

test('reads models of version 1, which weighed by distance', async () => {
  const state = await nearestNeighbours.fit(matrixOf([[0, 3, 50]]), numberTarget([1, 2, 3]), nearestNeighbours.params.parse({}), fitContext())
  const saved = nearestNeighbours.serialise(state)
  const { weights, ...json } = saved.json as Record<string, unknown>
  expect(weights).toBe('distance')
  expect(nearestNeighbours.deserialise({ json, arrays: saved.arrays })).toEqual(state)
})

test('refuses a missing or infinite cell with its column and row, and takes the largest numbers', async () => {
  await expect(ask([[0, Number.NaN]], numberTarget([1, 2]), {}, [[1]])).rejects.toMatchObject({ data: { code: 'invalid-data', details: { column: 'x0', row: 2 } } })
  await expect(ask([[0, 1]], numberTarget([1, 2]), {}, [[Infinity]])).rejects.toMatchObject({ data: { code: 'invalid-data' } })
  expect(numbers(await ask([[-3e38, 3e38]], numberTarget([1, 2]), { neighbours: 1, scaling: 'none' }, [[3.2e38, -3.2e38]]))).toEqual([2, 1])
})

test('is not tried by itself where every prediction would compare too much', () => {
  expect(nearestNeighbours.worthTrying?.({ rows: 20_000, columns: 40 })).toBe(true)
  expect(nearestNeighbours.worthTrying?.({ rows: 1_000_000, columns: 20 })).toBe(false)
})
