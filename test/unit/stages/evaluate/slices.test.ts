import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { accuracy } from '../../../../src/main/learn/metrics/accuracy.ts'
import { groupRows } from '../../../../src/main/stages/evaluate/group-rows.ts'
import { sliceEvaluation } from '../../../../src/main/stages/evaluate/slices.ts'
import { categories, numbers } from '../../learn/columns.ts'

const sizes = (groups: ReturnType<typeof groupRows>) => groups.map(({ name, rows }) => [name, rows.length])

describe('rows in groups', () => {
  test('by value, the frequent ones first, the rest together, then the missing', () => {
    const values = ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', null]
    expect(sizes(groupRows(categories('c', values)))).toEqual([
      ['a', 3], ['b', 2], ['c', 2], ['d', 1], ['e', 1], ['f', 1], ['g', 1], ['h', 1], ['2 other values', 2], ['missing', 1],
    ])
  })

  test('numbers by quartile, few distinct ones by value, moments as days', () => {
    expect(sizes(groupRows(numbers('n', Array.from({ length: 20 }, (_, i) => i))))).toEqual([['up to 4.75', 5], ['4.75 – 9.5', 5], ['9.5 – 14.25', 5], ['above 14.25', 5]])
    expect(sizes(groupRows(numbers('n', [2, 1, 1, Number.NaN])))).toEqual([['1', 2], ['2', 1], ['missing', 1]])
    expect(sizes(groupRows(numbers('n', [0, 86_400_000]), 'moments'))).toEqual([['1970-01-01', 1], ['1970-01-02', 1]])
  })
})

test('a part where the model does worse is marked, small parts are left out', () => {
  const rows = 400
  const region = categories('region', Array.from({ length: rows }, (_, row) => (row < 200 ? 'north' : row < 390 ? 'south' : 'islands')))
  const codes = Int32Array.from({ length: rows }, (_, row) => row % 2)
  // Right everywhere in the north, half of the time elsewhere.
  const guess = codes.map((code, row) => (row < 200 ? code : row % 4 < 2 ? code : 1 - code))
  const classes = ['no', 'yes']
  const probabilities = Float64Array.from({ length: rows * 2 }, (_, at) => (guess[at >> 1] === at % 2 ? 1 : 0))
  const slices = sliceEvaluation(
    {
      task: 'binary-classification',
      metric: accuracy,
      predicted: { target: { kind: 'classes', codes, classes }, prediction: { kind: 'classes', probabilities, classes } },
      columns: [{ column: region, numbersAre: 'amounts' }],
    },
    createRng(1),
    () => undefined,
  )
  expect(slices.map(({ value, rows: own, worse }) => ({ value, own, worse }))).toEqual([
    { value: 'north', own: 200, worse: false },
    { value: 'south', own: 190, worse: true },
  ])
  expect(slices[0]).toMatchObject({ column: 'region', score: 1, target: 0.5 })
  expect(slices[1]?.score).toBeCloseTo(0.5, 1)
})
