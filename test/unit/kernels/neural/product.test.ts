import { expect, test } from 'vitest'
import type { Rng } from '../../../../src/main/base/rng.ts'
import { activationCodes } from '../../../../src/main/wasm/neural-kernels.ts'
import { arena, expectClose, forSeeds, normals, place, pool, read, room, scratch } from './neural-bench.ts'
import { referenceProduct } from './product.reference.ts'

const shapes = [
  [1, 1, 1], [1, 7, 3], [3, 1, 17], [7, 1, 65], [4, 33, 5], [2, 65, 300], [5, 3, 7], [6, 8, 4], [7, 9, 1], [17, 33, 65], [65, 17, 33], [13, 40, 257], [97, 23, 7], [12, 1031, 3], [100, 1, 40],
  [1, 2000, 2],
] as const

/** A matrix with gaps between its lines, in either orientation: its address, strides and cells. */
function drawMatrix(rng: Rng, rows: number, columns: number, transposed: boolean): { at: number; row: number; column: number; cell: (i: number, j: number) => number } {
  const line = (transposed ? rows : columns) + rng.below(3)
  const values = normals(rng, line * (transposed ? columns : rows))
  const [row, column] = transposed ? [1, line] : [line, 1]
  return { at: place(values), row, column, cell: (i, j) => values[i * row + j * column] ?? Number.NaN }
}

const space = scratch(pool.call('productScratch'))

test('products of both orientations, over odd shapes, equal the reference', () => {
  forSeeds(1, (rng) => {
    for (const [rows, columns, depth] of shapes) {
      for (const [ta, tb] of [[false, false], [true, false], [false, true], [true, true]] as const) {
        const mark = arena.mark()
        const [a, b, c] = [drawMatrix(rng, rows, depth, ta), drawMatrix(rng, depth, columns, tb), room(rows * columns)]
        pool.call('product', a.at, a.row, a.column, b.at, b.row, b.column, c, columns, 0, rows, columns, depth, 0, 0, 0, 0, space)
        expectClose(read(c, rows * columns), referenceProduct({ rows, columns, depth }, a.cell, b.cell))
        arena.release(mark)
      }
    }
  })
})

test('a product is added to what is there, gets its bias and its activation, and leaves the gaps between its rows alone', () => {
  forSeeds(2, (rng) => {
    for (const [rows, columns, depth] of [[1, 7, 3], [7, 1, 9], [4, 33, 5], [17, 33, 65], [13, 40, 257], [33, 65, 600]] as const) {
      for (const [activation, code] of Object.entries(activationCodes) as [keyof typeof activationCodes, number][]) {
        const mark = arena.mark()
        const [a, b, bias] = [drawMatrix(rng, rows, depth, false), drawMatrix(rng, depth, columns, false), normals(rng, columns)]
        const line = columns + 3
        const start = normals(rng, rows * line)
        const c = place(start)
        pool.call('product', a.at, a.row, 1, b.at, b.row, 1, c, line, 0, rows, columns, depth, 1, place(bias), code, 0.3, space)
        const expected = referenceProduct({ rows, columns, depth }, a.cell, b.cell, { start: (i, j) => start[i * line + j] ?? 0, bias, activation, alpha: 0.3 })
        const found = read(c, rows * line)
        expectClose(found.filter((_, at) => at % line < columns), expected, 5e-5)
        expect(found.filter((_, at) => at % line >= columns)).toEqual(start.filter((_, at) => at % line >= columns))
        arena.release(mark)
      }
    }
  })
})

test('ranges of rows make up the whole, whoever takes which', () => {
  forSeeds(2, (rng) => {
    for (const [rows, columns, depth] of [[30, 17, 33], [7, 1, 9], [13, 40, 257]] as const) {
      const [a, b, bias] = [drawMatrix(rng, rows, depth, false), drawMatrix(rng, depth, columns, true), place(normals(rng, columns))]
      const [whole, parts] = [room(rows * columns), room(rows * columns)]
      pool.call('product', a.at, a.row, 1, b.at, 1, b.column, whole, columns, 0, rows, columns, depth, 0, bias, 1, 0, space)
      for (const [from, to] of [[6, rows], [0, 6], [6, 6]] as const) {
        pool.call('product', a.at, a.row, 1, b.at, 1, b.column, parts, columns, from, to, columns, depth, 0, bias, 1, 0, space)
      }
      expectClose(read(parts, rows * columns), read(whole, rows * columns), 1e-6)
    }
  })
})

test('a product over no depth is its bias, and one without rows or columns writes nothing', () => {
  const [c, bias] = [room(6), place(Float32Array.of(1, -2, 3))]
  pool.call('product', 0, 0, 1, 0, 3, 1, c, 3, 0, 2, 3, 0, 0, bias, 1, 0, space)
  expect([...read(c, 6)]).toEqual([1, 0, 3, 1, 0, 3])
  const untouched = room(4)
  pool.call('product', 0, 4, 1, 0, 4, 1, untouched, 4, 0, 0, 4, 4, 0, 0, 0, 0, space)
  pool.call('product', 0, 4, 1, 0, 0, 1, untouched, 0, 0, 4, 0, 4, 0, 0, 0, 0, space)
  expect([...read(untouched, 4)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
})

test('what is not a number shows in the product, whatever the activation', () => {
  const a = place(Float32Array.from({ length: 12 * 3 }, (_, i) => (i === 4 ? Number.NaN : 1)))
  const b = place(new Float32Array(3 * 8).fill(1))
  for (const code of Object.values(activationCodes)) {
    const c = room(12 * 8)
    pool.call('product', a, 3, 1, b, 8, 1, c, 8, 0, 12, 8, 3, 0, 0, code, 0.1, space)
    expect([...read(c, 96).keys()].filter((at) => Number.isNaN(arena.float32(c, 96)[at]))).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
  }
})
