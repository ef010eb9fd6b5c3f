import { expect, test } from 'vitest'
import { at, niceRange, ticks } from '../../../src/main/html/scale.ts'

test('ticks are round and within the range', () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticks(-3.7, 11.2, 4)).toEqual([0, 5, 10])
  expect(ticks(2, 2)).toEqual([2])
})

test('a range is widened to round ends', () => {
  expect(niceRange([0.13, 0.87])).toEqual([0, 1])
  expect(niceRange([])).toEqual([0, 1])
  expect(niceRange([5, 5])).toEqual([2.5, 7.5])
})

test('a value has its pixel', () => {
  expect(at({ low: 0, high: 10, from: 100, to: 0 }, 2.5)).toBe(75)
})
