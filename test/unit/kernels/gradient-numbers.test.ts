import { expect, test } from 'vitest'
import { roundEven } from './gradient.reference.ts'
import { forSeeds, place, pool, room } from './kernel-bench.ts'

type Pair = { readonly g: number; readonly h: number }

function readPairs(gh: number, n: number): Pair[] {
  const words = pool.arena.int32(gh, n * 2)
  return Array.from({ length: n }, (_v, i) => ({ g: words[i * 2 + 1] ?? 0, h: (words[i * 2] ?? 0) >>> 0 }))
}

function sumsOf(sums: number): readonly number[] {
  return [...pool.arena.int64(sums, 2)].map(Number)
}

function totals(pairs: readonly Pair[]): readonly number[] {
  return [pairs.reduce((sum, { g }) => sum + Math.abs(g), 0), pairs.reduce((sum, { h }) => sum + h, 0)]
}

const G_SCALE = 1024.5

test('losses with two slopes: one gradient above the truth, another below, none where it is met', () => {
  forSeeds(20, (rng) => {
    const n = 1 + rng.below(50)
    const raw = Float32Array.from({ length: n }, () => rng.below(5))
    const y = Float32Array.from({ length: n }, () => rng.below(5))
    const [gh, sums] = [room(n * 8), room(16)]
    pool.call('slopeGradient', place(raw), place(y), gh, 0, n, -0.3, 0.7, G_SCALE, 7, sums)
    const expected = Array.from(raw, (r, i): Pair => ({ g: r > (y[i] ?? 0) ? roundEven(0.7 * G_SCALE) : r < (y[i] ?? 0) ? roundEven(-0.3 * G_SCALE) : 0, h: 7 }))
    expect(readPairs(gh, n)).toEqual(expected)
    expect(sumsOf(sums)).toEqual(totals(expected))
  })
})

test('Tweedie deviance: gradients and hessians are those of the formula, to the precision of the exponential', () => {
  forSeeds(20, (rng) => {
    const n = 1 + rng.below(50)
    const raw = Float32Array.from({ length: n }, () => rng.normal())
    const y = Float32Array.from({ length: n }, () => (rng.below(3) === 0 ? 0 : rng.uniform() * 5))
    for (const power of [1, 1.5, 2]) {
      const [gh, sums] = [room(n * 8), room(16)]
      pool.call('tweedieGradient', place(raw), place(y), gh, 0, n, power, 10_000, 20_000, sums)
      const pairs = readPairs(gh, n)
      raw.forEach((r, i) => {
        const [mean, seen] = [Math.exp((2 - power) * r), (y[i] ?? 0) * Math.exp((1 - power) * r)]
        expect(Math.abs((pairs[i]?.g ?? 0) - (mean - seen) * 10_000)).toBeLessThan(1 + 10 * (mean + seen) * 0.01)
        expect(Math.abs((pairs[i]?.h ?? 0) - ((2 - power) * mean - (1 - power) * seen) * 20_000)).toBeLessThan(1 + 20 * (mean + seen) * 0.01)
      })
      expect(sumsOf(sums)).toEqual(totals(pairs))
    }
  })
})

test('Tweedie deviance far out stays within its half of a cell', () => {
  const [gh, sums] = [room(16), room(16)]
  pool.call('tweedieGradient', place(Float32Array.of(500, -500)), place(Float32Array.of(0, 1e6)), gh, 0, 2, 2, 1e6, 1e6, sums)
  for (const { g, h } of readPairs(gh, 2)) expect(Math.abs(g) <= 2 ** 31 - 1 && h <= 2 ** 31).toBe(true)
})

test('rows are weighed by their class, whether classes are whole numbers or 0 and 1 in float32', () => {
  forSeeds(20, (rng) => {
    const n = 1 + rng.below(50)
    const codes = Array.from({ length: n }, () => rng.below(2))
    const before = codes.map((): Pair => ({ g: rng.below(20_001) - 10_000, h: rng.below(10_000) }))
    const weights = Float64Array.of(0.25, 3.5)
    const weightsAt = pool.arena.allocate(16)
    pool.arena.float64(weightsAt, 2).set(weights)
    const expected = before.map(({ g, h }, i): Pair => ({ g: roundEven(g * (weights[codes[i] ?? 0] ?? 0)) + 0, h: roundEven(h * (weights[codes[i] ?? 0] ?? 0)) }))
    for (const whole of [0, 1]) {
      const gh = place(BigInt64Array.from(before, ({ g, h }) => (BigInt(g) << 32n) + BigInt(h)))
      const sums = room(16)
      pool.call('weighGradients', gh, place(whole === 1 ? Int32Array.from(codes) : Float32Array.from(codes)), whole, weightsAt, 0, n, sums)
      expect(readPairs(gh, n)).toEqual(expected)
      expect(sumsOf(sums)).toEqual(totals(expected))
    }
  })
})
