import { expect, test } from 'vitest'
import { referenceHistogram } from './histogram.reference.ts'
import { forSeeds, place, pool, randomBins, randomGradients, room } from './kernel-bench.ts'

const shapes = [1, 2, 3, 15, 16, 17, 31, 32, 33, 40].flatMap((features) => [1, 2, 31, 32, 33, 97, 500].map((rows) => ({ rows, features })))

function readHistogram(address: number, feature: number): bigint[] {
  return [...pool.arena.int64(address + feature * 2048, 256)]
}

test('histogram equals the reference bit for bit, over rows and over an index, for every shape', () => {
  forSeeds(1, (rng) => {
    for (const { rows, features } of shapes) {
      const mark = pool.arena.mark()
      const bins = randomBins(rng, rows, features, 256)
      const { gradients, hessians, gh } = randomGradients(rng, rows)
      const bundles = Math.ceil(features / 16)
      const out = room(bundles * 32_768)
      const scratch = room(4096)
      const from = rng.below(rows)
      const index = [...rng.shuffle(Int32Array.from({ length: rows }, (_v, i) => i))]
      const indexAddress = place(Int32Array.from(index))
      const run = (list: number): void => {
        pool.call('histogram', bins.rows, bins.bundleStride, 0, bundles, features, list, from, rows, gh, out, scratch, 256)
      }
      run(0)
      const straight = Array.from({ length: rows - from }, (_v, i) => from + i)
      for (let f = 0; f < features; f++) expect(readHistogram(out, f)).toEqual(referenceHistogram(bins.cells, f, straight, gradients, hessians))
      run(indexAddress)
      for (let f = 0; f < features; f++) expect(readHistogram(out, f)).toEqual(referenceHistogram(bins.cells, f, index.slice(from), gradients, hessians))
      pool.arena.release(mark)
    }
  })
})

test('a part of the bundles is written where it was asked for and nowhere else', () => {
  forSeeds(5, (rng) => {
    const bins = randomBins(rng, 100, 40, 256)
    const { gradients, hessians, gh } = randomGradients(rng, 100)
    const out = room(32_768 * 2)
    pool.call('histogram', bins.rows, bins.bundleStride, 1, 2, 40, 0, 0, 100, gh, out, room(4096), 256)
    const all = Array.from({ length: 100 }, (_v, i) => i)
    for (let f = 0; f < 16; f++) expect(readHistogram(out, f)).toEqual(referenceHistogram(bins.cells, f + 16, all, gradients, hessians))
    expect([...pool.arena.bytes(out + 32_768, 64)]).toEqual(Array.from({ length: 64 }, () => 0xa5))
  })
})

test('with fewer bins in use, the cells behind them are neither cleared nor written', () => {
  forSeeds(5, (rng) => {
    const bins = randomBins(rng, 100, 20, 12)
    const { gradients, hessians, gh } = randomGradients(rng, 100)
    const out = room(32_768 * 2)
    pool.call('histogram', bins.rows, bins.bundleStride, 0, 2, 20, 0, 0, 100, gh, out, room(4096), 12)
    const all = Array.from({ length: 100 }, (_v, i) => i)
    for (let f = 0; f < 20; f++) expect(readHistogram(out, f).slice(0, 12)).toEqual(referenceHistogram(bins.cells, f, all, gradients, hessians).slice(0, 12))
    for (let f = 0; f < 32; f++) expect([...pool.arena.bytes(out + f * 2048 + 96, 2048 - 96)].every((byte) => byte === 0xa5)).toBe(true)
  })
})

test('sibling = parent − child, and parts add up to the whole, in the cells in use of every feature', () => {
  forSeeds(5, (rng) => {
    const cells = (): BigInt64Array => BigInt64Array.from({ length: 512 }, () => BigInt(rng.below(2 ** 32)) * 1_000_003n - 2n ** 50n)
    const [a, b] = [cells(), cells()]
    for (const used of [256, 12]) {
      const target = place(a)
      pool.call('subtractCells', target, place(b), 2, used)
      expect([...pool.arena.int64(target, 512)]).toEqual([...a].map((value, i) => (i % 256 < used ? value - (b[i] as bigint) : value)))
      pool.call('addCells', target, place(b), 2, used)
      expect([...pool.arena.int64(target, 512)]).toEqual([...a])
    }
  })
})
