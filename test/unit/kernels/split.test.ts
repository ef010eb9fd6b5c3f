import { expect, test } from 'vitest'
import type { Rng } from '../../../src/main/base/rng.ts'
import { forSeeds, place, pool, room } from './kernel-bench.ts'
import { referenceSplit, type ReferenceFeature, type ReferenceQuestion, type ReferenceSplit } from './split.reference.ts'

/** A node: random rows with random bins, their cells summed per feature. */
function randomQuestion(rng: Rng): ReferenceQuestion {
  const rows = 1 + rng.below(rng.below(2) === 0 ? 60 : 1500)
  const kinds = Array.from({ length: 1 + rng.below(20) }, () => ({ categorical: rng.below(3) === 0, hasMissing: rng.below(2) === 0, bins: 2 + rng.below(255) }))
  const data = Array.from({ length: rows }, () => ({ g: rng.below(2001) - 1000, h: 1 + rng.below(500) }))
  const features = kinds.map(({ categorical, hasMissing, bins }): ReferenceFeature => {
    const cells = Array.from({ length: bins }, () => ({ g: 0, h: 0 }))
    for (const { g, h } of data) {
      const own = cells[hasMissing && rng.below(5) === 0 ? 0 : 1 + rng.below(bins - 1)] as { g: number; h: number }
      own.g += g
      own.h += h
    }
    return { cells, categorical, hasMissing }
  })
  return {
    features,
    count: rows,
    gradientUnit: 1 / 1024,
    hessianUnit: 1 / 2048,
    l2: rng.below(2) * rng.uniform(),
    minimumCount: 1 + rng.below(20),
    minimumHessian: 1e-3,
    smoothing: 10,
    categoricalL2: rng.below(2) * 10,
  }
}

function histogramOf({ features }: ReferenceQuestion): number {
  const cells = new BigInt64Array(Math.ceil(features.length / 16) * 4096)
  features.forEach((feature, f) => {
    feature.cells.forEach(({ g, h }, bin) => {
      cells[f * 256 + bin] = (BigInt(g) << 32n) + BigInt(h)
    })
  })
  return place(cells)
}

function describe(ask: ReferenceQuestion): Int32Array {
  return Int32Array.from(ask.features, ({ cells, categorical, hasMissing }) => cells.length | (categorical ? 0x10000 : 0) | (hasMissing ? 0x20000 : 0))
}

function search(ask: ReferenceQuestion, histograms: number, describeAt: number, first: number, last: number): ReferenceSplit {
  const result = room(128)
  const { count, gradientUnit, hessianUnit, l2, minimumCount, minimumHessian, smoothing, categoricalL2 } = ask
  const scratch = room(4096)
  pool.call('findSplit', histograms, first, last, describeAt, count, gradientUnit, hessianUnit, l2, minimumCount, minimumHessian, smoothing, categoricalL2, result, scratch)
  const [gain, feature, bin, missingRight, , , isSet] = [...pool.arena.float64(result, 7)] as [number, number, number, number, number, number, number]
  const bits = pool.arena.bytes(result + 64, 32)
  const left = Array.from({ length: 256 }, (_v, b) => b).filter((b) => (((bits[b >> 3] as number) >> (b & 7)) & 1) === 1)
  return isSet === 1 ? { gain, feature, bin: 0, missingRight: 0, left } : { gain, feature, bin, missingRight, left: undefined }
}

test('findSplit finds the split of an exhaustive search, to the last bit of its gain', () => {
  forSeeds(300, (rng) => {
    const ask = randomQuestion(rng)
    const expected = referenceSplit(ask)
    const found = search(ask, histogramOf(ask), place(describe(ask)), 0, ask.features.length)
    expect(found).toEqual({ ...expected, left: expected.left?.toSorted((a, b) => a - b) })
  })
})

test('a column that is left out is never split', () => {
  forSeeds(50, (rng) => {
    const ask = randomQuestion(rng)
    const flags = describe(ask)
    const best = search(ask, histogramOf(ask), place(flags), 0, flags.length)
    if (best.feature < 0) return
    flags[best.feature] = (flags[best.feature] as number) | 0x40000
    expect(search(ask, histogramOf(ask), place(flags), 0, flags.length).feature).not.toBe(best.feature)
  })
})

test('equal gains: the lower feature and the lower bin win, and nothing is split where nothing gains', () => {
  const cells = [{ g: 0, h: 0 }, { g: 500, h: 100 }, { g: 0, h: 0 }, { g: -500, h: 100 }]
  const feature = { cells, categorical: false, hasMissing: false }
  const ask: ReferenceQuestion = { features: [feature, feature], count: 200, gradientUnit: 1, hessianUnit: 1, l2: 0, minimumCount: 1, minimumHessian: 0, smoothing: 10, categoricalL2: 0 }
  expect(search(ask, histogramOf(ask), place(describe(ask)), 0, 2)).toMatchObject({ feature: 0, bin: 1, missingRight: 0 })
  const flat = { ...ask, features: [{ ...feature, cells: cells.map(({ h }) => ({ g: h, h })) }] }
  expect(search(flat, histogramOf(flat), place(describe(flat)), 0, 1).feature).toBe(-1)
})

function searchMonotone(ask: ReferenceQuestion, directions: Int32Array, low: number, high: number): Float64Array {
  const result = room(128)
  const { count, gradientUnit, hessianUnit, l2, minimumCount, minimumHessian, smoothing, categoricalL2, features } = ask
  const given = [count, gradientUnit, hessianUnit, l2, minimumCount, minimumHessian, smoothing, categoricalL2]
  pool.call('findMonotoneSplit', histogramOf(ask), 0, features.length, place(describe(ask)), ...given, result, room(4096), place(directions), low, high)
  return Float64Array.from(pool.arena.float64(result, 7))
}

test('without directions and bounds, findMonotoneSplit gains as much as an exhaustive search', () => {
  forSeeds(200, (rng) => {
    const ask = randomQuestion(rng)
    const expected = referenceSplit(ask)
    const [gain = -1, feature = -1] = searchMonotone(ask, new Int32Array(ask.features.length), -Infinity, Infinity)
    expect(Math.abs(gain - expected.gain)).toBeLessThan(1e-7 * (1 + expected.gain))
    if (expected.feature < 0 && gain < 1e-9) return // rounding may gain next to nothing where nothing gains
    expect(feature >= 0).toBe(expected.feature >= 0)
  })
})

test('a split against the direction of its column is not taken, and bounds take gain away', () => {
  const cells = [{ g: 0, h: 0 }, { g: -100, h: 50 }, { g: 100, h: 50 }] // values 2 on the left, −2 on the right: falling
  const ask: ReferenceQuestion = { features: [{ cells, categorical: false, hasMissing: false }], count: 100, gradientUnit: 1, hessianUnit: 1, l2: 0, minimumCount: 1, minimumHessian: 0, smoothing: 10, categoricalL2: 0 }
  expect(searchMonotone(ask, Int32Array.of(0), -Infinity, Infinity)[0]).toBe(400)
  expect(searchMonotone(ask, Int32Array.of(-1), -Infinity, Infinity)[0]).toBe(400)
  expect(searchMonotone(ask, Int32Array.of(1), -Infinity, Infinity)[1]).toBe(-1)
  expect(searchMonotone(ask, Int32Array.of(-1), -1, 2)[0]).toBe(350) // right kept at −1: 2·100·1 − 50·1 = 150 in place of 200
})
