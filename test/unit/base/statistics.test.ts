import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { finiteOf, meanAndDeviation, quantileInPlace, selectInPlace } from '../../../src/main/base/statistics.ts'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

test('finiteOf keeps finite numbers in order, in a copy', () => {
  const values = Float64Array.of(3, Number.NaN, Infinity, -1, -Infinity)
  expect([...finiteOf(values)]).toEqual([3, -1])
  expect(values[0]).toBe(3)
})

test('selectInPlace finds what sorting finds', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), finite), { minLength: 1, maxLength: 60 }), fc.nat(), (cells, seed) => {
      const k = seed % cells.length
      // + 0: sorting tells −0 from 0
      expect(selectInPlace(Float64Array.from(cells), k) + 0).toBe((Float64Array.from(cells).toSorted()[k] ?? Number.NaN) + 0)
    }),
  )
})

describe('quantileInPlace', () => {
  // numpy.quantile([3, 1, 4, 1, 5, 9, 2, 6], q)
  test.each([
    [0, 1],
    [0.1, 1],
    [0.25, 1.75],
    [0.5, 3.5],
    [0.9, 6.9],
    [1, 9],
  ])('%d', (q, expected) => {
    expect(quantileInPlace(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6), q)).toBeCloseTo(expected, 12)
  })

  test('of nothing is not a number', () => {
    expect(quantileInPlace(new Float64Array(0), 0.5)).toBeNaN()
  })
})

describe('meanAndDeviation', () => {
  test('population deviation', () => {
    expect(meanAndDeviation(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9))).toEqual({ mean: 5, deviation: 2 })
  })

  test('stays finite over the whole range of numbers', () => {
    expect(meanAndDeviation(Float64Array.of(-1e308, 1e308))).toEqual({ mean: 0, deviation: 1e308 })
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 20 }), (cells) => {
        const { mean, deviation } = meanAndDeviation(Float64Array.from(cells))
        expect(Number.isFinite(mean)).toBe(true)
        expect(Number.isFinite(deviation)).toBe(true)
      }),
    )
  })

  test('very small numbers keep their deviation', () => {
    expect(meanAndDeviation(Float64Array.of(1e-300, 3e-300)).deviation).toBeCloseTo(1e-300, 310)
  })
})
