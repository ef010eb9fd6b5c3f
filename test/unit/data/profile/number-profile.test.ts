import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countSorted } from '../../../../src/main/data/profile/counted-numbers.ts'
import { binOf, chooseBins, edgesOf } from '../../../../src/main/data/profile/histogram-edges.ts'
import { binsFor, profileCounted } from '../../../../src/main/data/profile/number-profile.ts'
import { numberScan } from '../../../../src/main/data/profile/number-scan.ts'
import { keyOf, orderKeys, wordsOf } from '../../../../src/main/data/profile/order-keys.ts'

describe('the profile of numbers', () => {
  it('agrees with pandas 1.5 on quantiles, deviation, skew and kurtosis', () => {
    // pd.Series([1, 2, 2, 3, 7, 11, 50]): quantile, std, skew, kurt
    const profile = profileCounted(countSorted(Float64Array.of(11, 2, Number.NaN, 7, 1, 50, 3, 2)), 0)
    expect(profile.values).toBe(7)
    expect(profile.mean).toBeCloseTo(10.857142857142858, 12)
    expect(profile.deviation).toBeCloseTo(17.62033457333289, 12)
    expect(profile.skew).toBeCloseTo(2.434692249797916, 11)
    expect(profile.kurtosis).toBeCloseTo(6.089573581994053, 11)
    expect(profile.quantiles.map(({ value }) => value)).toEqual([1, 1.06, 1.3, 2, 3, 9, expect.closeTo(38.3, 9), expect.closeTo(47.66, 9), 50])
    expect(profile.lowest).toEqual([{ value: 1, count: 1 }, { value: 2, count: 2 }, { value: 3, count: 1 }])
    expect(profile.highest[0]).toEqual({ value: 50, count: 1 })
  })

  it('says nothing where nothing is defined', () => {
    const none = profileCounted(countSorted(Float64Array.of(Number.NaN)), 0)
    expect(none).toMatchObject({ values: 0, mean: null, deviation: null, skew: null, quantiles: [], histogram: { counts: [] } })
    const one = profileCounted(countSorted(Float64Array.of(3)), 0)
    expect(one).toMatchObject({ mean: 3, deviation: null, histogram: { counts: [1] } })
    const same = profileCounted(countSorted(new Float64Array(9000).fill(0.1)), 0)
    expect(same).toMatchObject({ skew: null, kurtosis: null })
  })

  it('selects the same quantiles as sorting, whatever the numbers and whatever was thought of their ends', () => {
    const number = fc.oneof(fc.double({ noNaN: false }), fc.integer({ min: -3, max: 3 }).map(Number))
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), number, number, (list, low, high) => {
        const sorted = profileCounted(countSorted(Float64Array.from(list)), 0)
        const { moments, infinite } = scanned(Float64Array.from(list), low, high)
        expect(moments.quantiles).toEqual(sorted.quantiles.map(({ value }) => value))
        expect(moments).toMatchObject({ values: sorted.values, zeros: sorted.zeros, negatives: sorted.negatives, lowest: sorted.lowest, highest: sorted.highest })
        expect(infinite).toBe(list.filter((value) => Math.abs(value) === Infinity).length)
      }),
    )
  })

  it('has one zero', () => {
    for (const list of [[0, -0], [-0, 0], [-0]]) {
      const quantiles = profileCounted(countSorted(Float64Array.from(list)), 0).quantiles.map(({ value }) => value)
      expect(quantiles).toEqual(quantiles.map(() => 0))
      expect(scanned(Float64Array.from(list), 0, 0).moments.quantiles).toEqual(quantiles)
    }
  })

  it('gives numbers keys that sort as they do', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), fc.double(), fc.double(), (a, b, low, high) => {
        const keys = orderKeys(low, high)
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((value) => keyOf(wordsOf(Float64Array.of(value))[1] as number, keys))
        expect(less).toBeLessThanOrEqual(more as number)
      }),
    )
  })

  it('is the same whether the column is sorted or selected from', () => {
    const values = Float64Array.from({ length: 120_000 }, (_, i) => Math.sin(i) * 1e6 + (i % 7))
    const sorted = profileCounted(countSorted(values.slice()), 0)
    for (const [low, high] of [[-1e6, 1e6 + 6], [0, 1], [Number.NaN, 0]] as const) {
      const { moments } = scanned(values, low, high)
      expect(moments.quantiles).toEqual(sorted.quantiles.map(({ value }) => value))
      expect(moments.lowest).toEqual(sorted.lowest)
      expect(moments.highest).toEqual(sorted.highest)
      expect(moments.mean).toBeCloseTo(sorted.mean ?? Number.NaN, 6)
      expect(binsFor(moments)).toBeDefined()
    }
  })

  it('keeps far-off values out of the bins and gives few whole numbers a bin each', () => {
    const values = [...Array.from({ length: 1000 }, (_, i) => i / 10), 1e9]
    const profile = profileCounted(countSorted(Float64Array.from(values)), 0)
    expect(profile.histogram.above).toBe(1)
    expect(profile.histogram.counts.filter((count) => count > 0).length).toBeGreaterThan(8)
    const dice = profileCounted(countSorted(Float64Array.of(1, 2, 2, 3, 6)), 0)
    expect(dice.histogram).toEqual({ edges: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5], counts: [1, 2, 1, 0, 0, 1], below: 0, above: 0 })
  })

  it('counts every value once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }), (list) => {
        const { histogram, values } = profileCounted(countSorted(Float64Array.from(list)), 0)
        return histogram.counts.reduce((sum, count) => sum + count, 0) + histogram.below + histogram.above === values
      }),
    )
    const bins = chooseBins({ values: 100, distinct: 100, whole: false, minimum: 0, maximum: 1, q1: 0, q25: 0.2, q75: 0.8, q99: 1 })
    expect(binOf(bins, 1)).toBe(bins.count - 1)
    expect(edgesOf(bins)).toHaveLength(bins.count + 1)
  })
})

function scanned(values: Float64Array, low: number, high: number): ReturnType<ReturnType<typeof numberScan>['finish']> {
  const scan = numberScan(values.length, orderKeys(low, high))
  for (let start = 0; start < values.length; start += 2048) scan.take(values.subarray(start, start + 2048))
  return scan.finish(new Set(values).size)
}
