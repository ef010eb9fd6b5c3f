import { describe, expect, it } from 'vitest'
import { distributionOf, numbersOf } from '../../../../src/main/services/features/distribution.ts'

describe('distributions', () => {
  it('count numbers in 24 bins, with those of the marked rows', () => {
    const values = Float64Array.from({ length: 240 }, (_, row) => (row % 24) / 2)
    const marks = Uint8Array.from(values, (value) => (value >= 6 ? 1 : 0))
    const found = numbersOf(values, marks)
    expect(found).toMatchObject({ kind: 'numbers', counts: Array.from({ length: 24 }, () => 10), missing: 0, mean: 5.75 })
    expect(found.kind === 'numbers' && found.marked?.slice(11, 14)).toEqual([0, 10, 10])
  })

  it('give each of a few whole numbers a bin of its own', () => {
    expect(numbersOf([1, 2, 2, 4, 4, 4], undefined)).toMatchObject({ edges: [0.5, 1.5, 2.5, 3.5, 4.5], counts: [1, 2, 0, 3] })
  })

  it('say the mean, deviation and skewness of a known sample', () => {
    const found = numbersOf([1, 2, 3, 10], undefined)
    // mean 4; squares 9 + 4 + 1 + 36 = 50; cubes −27 − 8 − 1 + 216 = 180
    expect(found).toMatchObject({ mean: 4, deviation: Math.sqrt(12.5), skew: expect.closeTo(45 / 12.5 ** 1.5, 12) as number })
    expect(found).not.toHaveProperty('marked')
  })

  it.each([
    ['nothing', [], { counts: [], missing: 0, mean: null }],
    ['gaps only', [Number.NaN, Number.NaN], { counts: [], missing: 2, mean: null }],
    ['one value', [3, 3, Number.NaN], { edges: [3, 3], counts: [2], missing: 1, skew: null }],
    ['infinite values', [0, 24.5, Infinity, -Infinity], { missing: 0, mean: 12.25 }],
  ])('take %s', (_, values, expected) => {
    expect(numbersOf(values, undefined)).toMatchObject(expected)
  })

  it('count the infinite in the outermost bins', () => {
    const found = numbersOf([0, 24.5, Infinity, -Infinity], undefined)
    expect(found.kind === 'numbers' && [found.counts[0], found.counts.at(-1)]).toEqual([2, 2])
  })

  it('count the most frequent levels and put the rest together', () => {
    const categories = Array.from({ length: 15 }, (_, index) => `level ${String(index)}`)
    const codes = Int32Array.from([...categories.keys(), 3, 3, -1])
    const found = distributionOf({ kind: 'category', name: 'x', codes, categories }, Uint8Array.from(codes, (code) => (code === 3 ? 1 : 0)))
    expect(found).toMatchObject({ kind: 'levels', other: 3, missing: 1 })
    expect(found.kind === 'levels' && found.levels.slice(0, 2)).toEqual([{ value: 'level 3', count: 3, marked: 3 }, { value: 'level 0', count: 1, marked: 0 }])
  })
})
