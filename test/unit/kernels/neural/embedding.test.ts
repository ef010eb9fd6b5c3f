import { expect, test } from 'vitest'
import { expectClose, forSeeds, normals, place, pool, read, room } from './neural-bench.ts'

test('rows of a table by their numbers, and their gradient back; numbers outside the table stand for nothing', () => {
  forSeeds(3, (rng) => {
    for (const [rows, width, count] of [[1, 1, 1], [5, 3, 17], [7, 17, 65], [3, 4, 0], [33, 7, 33]] as const) {
      const [table, dy] = [normals(rng, rows * width), normals(rng, count * width)]
      const indices = Int32Array.from({ length: count }, (_, i) => (i === 4 ? -1 : i === 6 ? rows : rng.below(rows)))
      const [at, out, gradient] = [place(indices), room(count * width), room(rows * width)]
      const [expected, sums] = [new Float64Array(count * width), new Float64Array(rows * width)]
      for (const [i, index] of indices.entries()) {
        if (index < 0 || index >= rows) continue
        for (let k = 0; k < width; k++) {
          expected[i * width + k] = table[index * width + k] ?? Number.NaN
          sums[index * width + k] = (sums[index * width + k] ?? 0) + (dy[i * width + k] ?? 0)
        }
      }
      for (const [from, to] of [[0, count >> 1], [count >> 1, count]] as const) pool.call('gatherRows', place(table), rows, width, at, from, to, out)
      for (const [from, to] of [[0, rows >> 1], [rows >> 1, rows]] as const) pool.call('sumBySegments', place(dy), width, at, count, from, to, gradient)
      expect([...read(out, count * width)]).toEqual([...expected])
      expectClose(read(gradient, rows * width), sums, 1e-6)
    }
  })
})

test('columns cut out of a matrix and put into another, which keeps its other columns', () => {
  forSeeds(2, (rng) => {
    for (const [rows, from, width, to] of [[1, 1, 1, 1], [5, 7, 3, 9], [17, 13, 13, 21], [8, 6, 5, 6], [0, 3, 2, 3]] as const) {
      const [source, before] = [normals(rng, rows * from), normals(rng, rows * to)]
      const [sourceAt, target] = [place(source), place(before)]
      const [first, second] = [from - width, to - width]
      for (const [start, end] of [[0, rows >> 1], [rows >> 1, rows]] as const) pool.call('copyRows', sourceAt + first * 4, from, target + second * 4, to, start, end, width)
      const expected = before.map((value, at) => (at % to < second ? value : (source[Math.floor(at / to) * from + first + (at % to) - second] ?? Number.NaN)))
      expect([...read(target, rows * to)]).toEqual([...expected])
    }
  })
})
