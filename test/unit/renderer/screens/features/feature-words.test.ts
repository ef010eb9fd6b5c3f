import { expect, test } from 'vitest'
import type { FeatureColumn } from '../../../../../src/shared/contract/features.ts'
import { factsInWords, shortWays, waysInWords } from '../../../../../src/renderer/screens/features/feature-words.ts'

const column: FeatureColumn = {
  name: 'calls', type: 'integer', role: 'feature', reason: '', missing: 0, distinct: 9, formula: null, enters: true, leftOut: null, chosen: false,
  ways: [[{ transform: 'yeo-johnson', label: 'Straighten a skew', params: {} }, { transform: 'scale', label: 'Scale', params: {} }], [{ transform: 'missing-indicator', label: 'Mark missing values', params: {} }]],
}

test('whole numbers reach from the least to the greatest, not to the edges of their bars', () => {
  const distribution = { kind: 'numbers', edges: [-0.5, 0.5, 1.5], counts: [3, 1], missing: 0 } as Parameters<typeof factsInWords>[1]
  expect(factsInWords(column, distribution)).toBe('0 – 1')
  expect(factsInWords({ ...column, type: 'decimal' }, distribution)).toBe('−0.5 – 1.5')
})

test('a level that is no more frequent than others is not named', () => {
  const levels = Array.from({ length: 3 }, (_, at) => ({ value: `C-${String(at)}`, count: 1 }))
  expect(factsInWords({ ...column, type: 'category', distinct: 4500 }, { kind: 'levels', levels, other: 4497, missing: 0 })).toBe('4,500 levels')
})

test('what is done is said in full, and short where several things are', () => {
  expect(waysInWords(column)).toBe('straighten a skew, scale + mark missing values')
  expect(shortWays(column)).toBe('unskew, scale + mark gaps')
  expect(shortWays({ ...column, ways: [[{ transform: 'one-hot', label: 'One column per level', params: {} }]] })).toBe('one column per level')
})
