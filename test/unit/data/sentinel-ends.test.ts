import { describe, expect, it } from 'vitest'
import { sentinelEnds } from '../../../src/main/data/sentinel-ends.ts'

/** What the rule says of a column of these numbers. */
function marks(numbers: readonly number[]): number[] {
  const sorted = numbers.toSorted((a, b) => a - b)
  const end = (ordered: readonly number[]) => {
    const value = ordered[0] ?? 0
    return { value, count: numbers.filter((number) => number === value).length, next: ordered.find((number) => number !== value) ?? Number.POSITIVE_INFINITY }
  }
  return sentinelEnds(end(sorted), end(sorted.toReversed()), numbers.length).map(({ value }) => value)
}

const many = (value: number, times = 5): number[] => new Array<number>(times).fill(value)
const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, i) => i)

describe('numbers that may stand for "no value"', () => {
  it.each([
    ['a usual mark far below', [...upTo(50), ...many(-200)], [-200]],
    ['a usual mark at each end', [...upTo(50), ...many(-999), ...many(9999)], [-999, 9999]],
    ['−9 alone below zero', [...upTo(50), ...many(-9)], [-9]],
    ['any number three spans away', [...upTo(50), ...many(300)], [300]],
  ])('%s', (_what, numbers, expected) => {
    expect(marks(numbers)).toEqual(expected)
  })

  it.each([
    ['a usual mark that comes once or twice', [...upTo(50), -200, -200]],
    ['a usual mark in too small a share', [...Array.from({ length: 10_000 }, (_, i) => i % 51), ...many(-200, 3)]],
    ['−1 next to small numbers', [...upTo(50), ...many(-1)]],
    ['99 at the end of percents', [...upTo(98), ...many(99)]],
    ['a number two spans away', [...upTo(50), ...many(150)]],
    ['one number alone', many(-200)],
  ])('are not: %s', (_what, numbers) => {
    expect(marks(numbers)).toEqual([])
  })
})
