import { expect, test } from 'vitest'
import type { Rng } from '../../../src/main/base/rng.ts'
import { pairOf, referenceExp, referenceProbability, referenceSoftmax, roundEven, type Pair } from './gradient.reference.ts'
import { forSeeds, place, pool, room } from './kernel-bench.ts'

const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100, 257]
const [G_SCALE, H_SCALE] = [1234.5, 4321.25]

function scores(rng: Rng, n: number): Float32Array {
  return Float32Array.from({ length: n }, () => rng.normal() * 10 ** (rng.below(3) - 1))
}

function readPairs(gh: number, n: number): Pair[] {
  const words = pool.arena.int32(gh, n * 2)
  return Array.from({ length: n }, (_v, i) => ({ h: (words[i * 2] as number) >>> 0, g: words[i * 2 + 1] as number }))
}

/** Runs a gradient kernel from row `from` on; checks pairs, sums, and that nothing else was written. */
function check(n: number, from: number, run: (gh: number, sums: number) => void, expected: (row: number) => Pair): void {
  const gh = room(n * 8 + 32)
  const sums = room(16)
  run(gh, sums)
  const pairs = Array.from({ length: n - from }, (_v, i) => expected(from + i))
  expect(readPairs(gh, n).slice(from)).toEqual(pairs.map(({ g, h }) => ({ h, g: g === 0 ? 0 : g })))
  expect([...pool.arena.bytes(gh + n * 8, 32)]).toEqual(Array.from({ length: 32 }, () => 0xa5))
  expect([...pool.arena.int64(sums, 2)]).toEqual([
    BigInt(pairs.reduce((sum, { g }) => sum + Math.abs(g), 0)),
    BigInt(pairs.reduce((sum, { h }) => sum + h, 0)),
  ])
}

test('log loss: gradients and hessians equal the reference bit for bit', () => {
  forSeeds(5, (rng) => {
    for (const n of lengths) {
      const raw = scores(rng, n)
      const y = Float32Array.from({ length: n }, () => rng.below(2))
      const from = rng.below(n)
      const [rawAt, yAt] = [place(raw), place(y)]
      check(n, from, (gh, sums) => pool.call('logisticGradient', rawAt, yAt, gh, from, n, G_SCALE, H_SCALE, sums), (i) =>
        pairOf(referenceProbability(raw[i] as number), y[i] as number, G_SCALE, H_SCALE),
      )
    }
  })
})

test('squared error: gradients equal the reference, every hessian is the given integer', () => {
  forSeeds(5, (rng) => {
    for (const n of lengths) {
      const [raw, y] = [scores(rng, n), scores(rng, n)]
      const from = rng.below(n)
      const [rawAt, yAt] = [place(raw), place(y)]
      check(n, from, (gh, sums) => pool.call('squaredGradient', rawAt, yAt, gh, from, n, G_SCALE, 77, sums), (i) => ({
        g: roundEven(Math.fround(Math.fround((raw[i] as number) - (y[i] as number)) * G_SCALE)),
        h: 77,
      }))
    }
  })
})

test('softmax and its gradients equal the reference bit for bit', () => {
  forSeeds(5, (rng) => {
    for (const n of lengths) {
      const classes = 2 + rng.below(6)
      const stride = n * 4 + 16
      const raw = Array.from({ length: classes }, () => scores(rng, n))
      const rawAt = room(stride * classes)
      raw.forEach((values, k) => {
        pool.arena.float32(rawAt + k * stride, n).set(values)
      })
      const probability = room((stride + 64) * classes)
      pool.call('softmax', rawAt, stride, probability, stride + 64, classes, 0, n)
      const expected = Array.from({ length: n }, (_v, i) => referenceSoftmax(raw.map((values) => values[i] as number)))
      for (let k = 0; k < classes; k++) expect([...pool.arena.float32(probability + k * (stride + 64), n)]).toEqual(expected.map((row) => row[k]))
      const y = Int32Array.from({ length: n }, () => rng.below(classes))
      const [yAt, k] = [place(y), rng.below(classes)]
      check(n, 0, (gh, sums) => pool.call('classGradient', probability + k * (stride + 64), yAt, k, gh, 0, n, G_SCALE, H_SCALE, sums), (i) =>
        pairOf(expected[i]?.[k] as number, y[i] === k ? 1 : 0, G_SCALE, H_SCALE),
      )
    }
  })
})

test('the exponential is within 1e-5 of the true one, relative, for |x| ≤ 20', () => {
  for (let x = -20; x <= 20; x += 0.0137) expect(Math.abs(referenceExp(x) / Math.exp(Math.fround(x)) - 1)).toBeLessThan(1e-5)
  expect(referenceExp(-1000)).toBe(referenceExp(-80))
})
