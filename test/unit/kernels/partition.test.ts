import { expect, test } from 'vitest'
import { forSeeds, place, pool, room } from './kernel-bench.ts'
import { numericRule, referencePartition } from './partition.reference.ts'

const lengths = [0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 255, 1001]

/** Runs `divide` over every length, inside a longer index whose other entries must not change. */
function checkAll(seeds: number, rule: (below: (n: number) => number) => { divide: (index: number, from: number, to: number, column: number, right: number) => number; goesLeft: (cell: number) => boolean }): void {
  forSeeds(seeds, (rng) => {
    for (const length of lengths) {
      const mark = pool.arena.mark()
      const before = rng.below(9)
      const total = before + length + 20
      const cells = Uint8Array.from({ length: total }, () => rng.below(4) * rng.below(60))
      const rows = [...rng.shuffle(Int32Array.from({ length: total }, (_v, i) => i))]
      const { divide, goesLeft } = rule((n) => rng.below(n))
      const index = place(Int32Array.from(rows))
      const right = room(length * 4 + 16)
      const count = divide(index, before, before + length, place(cells), right)
      const expected = referencePartition(rows.slice(before, before + length), (row) => goesLeft(cells[row] as number))
      expect(count).toBe(expected.left.length)
      const after = [...pool.arena.int32(index, total)]
      expect(after.slice(before, before + count)).toEqual(expected.left)
      expect([...pool.arena.int32(right, length - count)]).toEqual(expected.right)
      expect(after.slice(0, before)).toEqual(rows.slice(0, before))
      expect(after.slice(before + length)).toEqual(rows.slice(before + length))
      expect([...pool.arena.bytes(right + length * 4 + 16, 16)]).toEqual(Array.from({ length: 16 }, () => 0xa5))
      pool.arena.release(mark)
    }
  })
}

test('numeric splits divide any number of rows as the reference does, missing left or right', () => {
  checkAll(20, (below) => {
    const missingRight = below(2) === 1
    const bin = missingRight ? 1 + below(200) : below(200)
    return {
      divide: (index, from, to, column, right) => pool.call('partition', index, from, to, column, bin, missingRight ? 1 : 0, right),
      goesLeft: numericRule(bin, missingRight),
    }
  })
})

test('categorical splits divide any number of rows as the reference does', () => {
  checkAll(20, (below) => {
    const set = Uint8Array.from({ length: 256 }, () => below(2))
    return {
      divide: (index, from, to, column, right) => pool.call('partitionSet', index, from, to, column, place(set), right),
      goesLeft: (cell) => set[cell] === 1,
    }
  })
})

test('fillAscending writes row numbers from any start to any end', () => {
  forSeeds(20, (rng) => {
    const from = rng.below(20)
    const to = from + rng.below(40)
    const index = room(60 * 4)
    pool.call('fillAscending', index, from, to)
    const words = [...pool.arena.int32(index, 60)]
    expect(words.slice(from, to)).toEqual(Array.from({ length: to - from }, (_v, i) => from + i))
    expect(words.filter((_word, i) => i < from || i >= to).every((word) => word === 0xa5a5a5a5 >> 0)).toBe(true)
  })
})

test('gathering kernels take bytes, words and rows of sixteen bytes in the order of an index', () => {
  forSeeds(5, (rng) => {
    const n = 1 + rng.below(100)
    const order = rng.shuffle(Int32Array.from({ length: n }, (_v, i) => i))
    const bytes = Uint8Array.from({ length: n * 16 }, () => rng.below(256))
    const [index, source] = [place(order), place(bytes)]
    for (const [kernel, width] of [['gatherBytes', 1], ['gatherWords', 4], ['gatherRows', 16]] as const) {
      const target = room(n * 16)
      pool.call(kernel, target, source, index, 0, n)
      expect([...pool.arena.bytes(target, n * width)]).toEqual([...order].flatMap((row) => [...bytes.subarray(row * width, (row + 1) * width)]))
    }
  })
})
