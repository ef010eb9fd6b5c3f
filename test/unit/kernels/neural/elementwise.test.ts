import { expect, test } from 'vitest'
import { arena, place, pool, read, room } from './neural-bench.ts'

/** Distance of two numbers in units of the last place of the expected float32. */
function unitsApart(actual: number, expected: number): number {
  const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(expected) || 2 ** -126)))
  return Math.abs(actual - expected) / 2 ** (exponent - 23)
}

/** The error function in float64: its Taylor series, or the continued fraction of its complement far out. */
function erf(x: number): number {
  const t = Math.abs(x)
  if (t > 3) {
    let fraction = 0
    for (let k = 60; k > 0; k--) fraction = k / 2 / (t + fraction)
    return Math.sign(x) * (1 - Math.exp(-t * t) / Math.sqrt(Math.PI) / (t + fraction))
  }
  let [sum, term] = [0, t]
  for (let k = 0; k < 80; k++) {
    sum += term / (2 * k + 1)
    term *= -(t * t) / (k + 1)
  }
  return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI)
}

const cases = [
  { kernel: 'exponential', truth: Math.exp, reach: 103, units: 2 },
  { kernel: 'hyperbolicTangent', truth: Math.tanh, reach: 12, units: 6 },
  { kernel: 'sigmoid', truth: (x: number) => 1 / (1 + Math.exp(-x)), reach: 87, units: 4 },
  { kernel: 'errorFunction', truth: erf, reach: 5, units: 3 },
] as const

test.each(cases)('$kernel is right to $units units in the last place over its range', ({ kernel, truth, reach, units }) => {
  const mark = arena.mark()
  const count = 40_001
  const spread = Float32Array.from({ length: count }, (_, i) => ((2 * i) / (count - 1) - 1) * reach)
  const small = Float32Array.from({ length: 2001 }, (_, i) => Math.exp(-i / 25) * (i % 2 === 0 ? 1 : -1))
  for (const x of [spread, small]) {
    const y = room(x.length)
    pool.call(kernel, place(x), y, 0, x.length)
    const found = read(y, x.length)
    let worst = 0
    for (const [i, value] of x.entries()) {
      const expected = truth(value)
      if (expected < 3.4e38) worst = Math.max(worst, unitsApart(found[i] as number, expected))
    }
    expect(worst).toBeLessThanOrEqual(units)
  }
  arena.release(mark)
})

test.each(cases)('$kernel at the ends of the numbers, in place, and of ranges of any length', ({ kernel, truth }) => {
  const ends = Float32Array.of(Number.NaN, Infinity, -Infinity, 0, 100, -120, 88.7)
  const at = place(ends)
  pool.call(kernel, at, at, 0, ends.length)
  const found = read(at, ends.length)
  expect(found[0]).toBeNaN()
  for (const i of [1, 2, 3, 4, 5]) expect(unitsApart(found[i] as number, Math.fround(truth(ends[i] as number)) || 0)).toSatisfy((units: number) => Number.isNaN(units) || units <= 6)
  for (const length of [0, 1, 2, 3, 5, 17]) {
    const [x, y] = [place(new Float32Array(length + 2).fill(0.5)), room(length + 2)]
    pool.call(kernel, x, y, 1, length + 1)
    const written = read(y, length + 2)
    expect([written[0], written[length + 1]]).toEqual([Number.NaN, Number.NaN])
    expect(written.slice(1, length + 1).every((value) => unitsApart(value, truth(0.5)) <= 3)).toBe(true)
  }
})
