import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'

const draw = (seed: number, n: number): number[] => {
  const rng = createRng(seed)
  return Array.from({ length: n }, () => rng.uniform())
}

describe('createRng', () => {
  it('gives the same sequence for the same seed and another for another', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50))
    expect(draw(7, 50)).not.toEqual(draw(8, 50))
  })

  it('keeps its sequence from version to version: saved runs must reproduce', () => {
    expect(draw(42, 3).map((x) => Math.round(x * 2 ** 32))).toMatchInlineSnapshot(`
      [
        1959603763,
        2423114712,
        2466933512,
      ]
    `)
  })

  it('is uniform: mean 1/2, variance 1/12, every tenth equally full', () => {
    const sample = draw(1, 100_000)
    const mean = sample.reduce((a, b) => a + b, 0) / sample.length
    const variance = sample.reduce((a, b) => a + (b - mean) ** 2, 0) / sample.length
    expect(mean).toBeCloseTo(0.5, 2)
    expect(variance).toBeCloseTo(1 / 12, 3)
    const bins = new Array<number>(10).fill(0)
    for (const x of sample) bins[Math.floor(x * 10)] = (bins[Math.floor(x * 10)] ?? 0) + 1
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(450) // 4.7 standard errors
  })

  it('draws normal deviates with mean 0 and deviation 1', () => {
    const rng = createRng(3)
    const sample = Array.from({ length: 50_000 }, () => rng.normal())
    const mean = sample.reduce((a, b) => a + b, 0) / sample.length
    expect(mean).toBeCloseTo(0, 1)
    expect(sample.reduce((a, b) => a + (b - mean) ** 2, 0) / sample.length).toBeCloseTo(1, 1)
  })

  it('shuffles into a permutation, in place, on arrays and typed arrays', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer(), { maxLength: 200 }), (seed, values) => {
        const shuffled = createRng(seed).shuffle(Int32Array.from(values))
        expect([...shuffled].toSorted((a, b) => a - b)).toEqual([...Int32Array.from(values)].toSorted((a, b) => a - b))
      }),
    )
  })

  it('forks streams that do not depend on how much of the parent was used', () => {
    const used = createRng(5)
    for (let i = 0; i < 10; i++) used.uniform()
    expect(used.fork('train').uniform()).toBe(createRng(5).fork('train').uniform())
    expect(createRng(5).fork('train').uniform()).not.toBe(createRng(5).fork('split').uniform())
  })
})
