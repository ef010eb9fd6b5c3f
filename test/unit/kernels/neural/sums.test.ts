import { expect, test } from 'vitest'
import { arena, expectClose, forSeeds, normals, place, pool, read, room } from './neural-bench.ts'

const shapes = [[1, 1], [3, 7], [7, 3], [17, 33], [65, 17], [300, 16], [129, 70], [1, 4100], [0, 5], [5, 0]] as const

test('sums of all, of rows and of columns equal those in float64', () => {
  forSeeds(2, (rng) => {
    for (const [rows, columns] of shapes) {
      const x = normals(rng, rows * columns)
      const at = place(x)
      const [byRow, byColumn] = [new Float64Array(rows), new Float64Array(columns)]
      for (const [i, value] of x.entries()) {
        byRow[Math.floor(i / columns)] = (byRow[Math.floor(i / columns)] ?? 0) + value
        byColumn[i % columns] = (byColumn[i % columns] ?? 0) + value
      }
      const half = x.length >> 1
      expectClose([pool.call('sum', at, 0, half) + pool.call('sum', at, half, x.length)], [x.reduce((sum, value) => sum + value, 0)], 1e-5)
      expectClose([pool.call('sumOfSquares', at, 0, x.length)], [x.reduce((sum, value) => sum + value * value, 0)], 1e-6)
      const [sumsOfRows, sumsOfColumns] = [room(rows), room(columns)]
      pool.call('rowSums', at, 0, rows, columns, sumsOfRows)
      expectClose(read(sumsOfRows, rows), byRow, 1e-5)
      const cut = Math.min(columns, 5)
      pool.call('columnSums', at, rows, columns, 0, cut, 0, sumsOfColumns)
      pool.call('columnSums', at, rows, columns, cut, columns, 0, sumsOfColumns)
      expectClose(read(sumsOfColumns, columns), byColumn, 1e-5)
      pool.call('columnSums', at, rows, columns, 0, columns, 1, sumsOfColumns)
      expectClose(read(sumsOfColumns, columns), byColumn.map((value) => 2 * value), 1e-5)
    }
  })
})

test('sums of a million numbers of one sign keep six digits, where adding one by one in float32 loses them', () => {
  const mark = arena.mark()
  const length = 1_000_000
  const at = arena.allocate(length * 4)
  arena.float32(at, length).fill(0.1)
  const exact = Math.fround(0.1) * length
  const out = room(1)
  expectClose([pool.call('sum', at, 0, length)], [exact], 1e-6)
  pool.call('columnSums', at, length, 1, 0, 1, 0, out)
  expectClose(read(out, 1), [exact], 1e-6)
  pool.call('rowSums', at, 0, 1, length, out)
  expectClose(read(out, 1), [exact], 1e-6)
  arena.release(mark)
})

test('what threads have summed each for itself is joined', () => {
  const target = place(Float32Array.of(1, 2, 3, 4, 5, 6, 7))
  pool.call('addScaled', target, place(Float32Array.of(10, 20, 30, 40, 50, 60, 70)), 1, 6, 0.5)
  expect([...read(target, 7)]).toEqual([1, 12, 18, 24, 30, 36, 7])
})
