import { expect, test } from 'vitest'
import type { Rng } from '../../../src/main/base/rng.ts'
import { forSeeds, place, pool } from './kernel-bench.ts'
import { referenceScores, referenceSums } from './linear.reference.ts'

const shapes = [[1, 1], [3, 2], [4, 3], [7, 5], [1029, 4], [2051, 7]] as const

function placed64(values: Float64Array): number {
  const address = pool.arena.allocate(values.byteLength)
  pool.arena.float64(address, values.length).set(values)
  return address
}

const floats = (rng: Rng, length: number): Float32Array => Float32Array.from({ length }, () => rng.normal())
const doubles = (rng: Rng, length: number): Float64Array => Float64Array.from({ length }, () => rng.normal())

test('scores and sums of dense columns equal the reference bit for bit, in one piece and in two', () => {
  forSeeds(3, (rng) => {
    for (const [rows, columns] of shapes) {
      const [cells, weights, start, residual] = [floats(rng, rows * columns), doubles(rng, columns), doubles(rng, rows), doubles(rng, rows)]
      const [cellsAt, weightsAt, residualAt] = [place(cells), placed64(weights), placed64(residual)]
      for (const cut of [0, Math.floor(rows / 2) & ~3]) {
        const out = placed64(start)
        pool.call('denseScores', cellsAt, rows, weightsAt, columns, 0, cut, out)
        pool.call('denseScores', cellsAt, rows, weightsAt, columns, cut, rows, out)
        expect(pool.arena.float64(out, rows).slice()).toEqual(referenceScores(cells, rows, weights, start))
      }
      for (const cut of [0, Math.floor(columns / 2)]) {
        const sums = placed64(new Float64Array(columns))
        pool.call('denseSums', cellsAt, rows, residualAt, 0, cut, sums)
        pool.call('denseSums', cellsAt, rows, residualAt, cut, columns, sums)
        expect(pool.arena.float64(sums, columns).slice()).toEqual(referenceSums(cells, rows, residual))
      }
    }
  })
})

test('scores and sums of sparse columns are those of their entries less the base', () => {
  const starts = Int32Array.from([0, 2, 2, 5])
  const rows = Int32Array.from([1, 3, 0, 1, 4])
  const values = Float32Array.from([0.5, 2, 3, -1, 4])
  const bases = Float64Array.from([0, 0, 1])
  const [at, rowsAt, valuesAt, basesAt] = [place(starts), place(rows), place(values), placed64(bases)]
  const out = placed64(Float64Array.from([1, 1, 1, 1, 1]))
  pool.call('sparseScores', at, at + 4, rowsAt, valuesAt, basesAt, placed64(Float64Array.from([2, 7, 10])), 3, out)
  expect([...pool.arena.float64(out, 5)]).toEqual([21, -18, 1, 5, 31])
  const sums = placed64(new Float64Array(3))
  pool.call('sparseSums', at, rowsAt, valuesAt, basesAt, placed64(Float64Array.from([1, 2, 3, 4, 5])), 0, 3, sums)
  expect([...pool.arena.float64(sums, 3)]).toEqual([9, 0, 13])
})

test('the Gram matrix of standardised columns is that of float64 to rounding of float32, whichever columns each thread takes', () => {
  forSeeds(3, (rng) => {
    for (const columns of [1, 2, 3, 6, 9]) {
      const rows = 24
      const cells = floats(rng, rows * columns).map((x, at) => 100 + (1 + Math.floor(at / rows)) * x)
      const [centres, scales] = [new Float64Array(columns).fill(100), Float64Array.from({ length: columns }, (_, j) => 1 / (1 + j))]
      const panel = pool.arena.allocate(columns * 16 * 4)
      pool.call('standardise', place(cells), rows, placed64(centres), placed64(scales), 0, columns, 4, 16, panel)
      const grams = [0, 2].map((cut) => {
        const gram = placed64(new Float64Array(columns * columns))
        pool.call('addGram', panel, 16, columns, 0, Math.min(cut, columns), gram)
        pool.call('addGram', panel, 16, columns, Math.min(cut, columns), columns, gram)
        return pool.arena.float64(gram, columns * columns).slice()
      })
      expect(grams[1]).toEqual(grams[0])
      const z = (i: number, j: number): number => ((cells[j * rows + 4 + i] ?? 0) - 100) / (1 + j)
      for (let j = 0; j < columns; j++) {
        for (let k = 0; k <= j; k++) {
          const expected = Array.from({ length: 16 }, (_, i) => z(i, j) * z(i, k)).reduce((sum, value) => sum + value, 0)
          expect(Math.abs((grams[0]?.[j * columns + k] ?? Number.NaN) - expected)).toBeLessThan(1e-3)
        }
      }
    }
  })
})

test('the Gram matrix over blocks is the sum of those of its blocks', () => {
  forSeeds(2, (rng) => {
    const [rows, columns] = [30, 3]
    const cells = place(floats(rng, rows * columns))
    const [centres, scales] = [placed64(new Float64Array(columns)), placed64(new Float64Array(columns).fill(1))]
    const panel = pool.arena.allocate(8 * columns * 4)
    const [whole, parts] = [placed64(new Float64Array(columns * columns)), placed64(new Float64Array(columns * columns))]
    pool.call('gramOfBlocks', cells, rows, centres, scales, columns, 8, 16, 0, rows, panel, whole)
    for (const [first, count] of [[0, 8], [16, 8]] as const) {
      pool.call('standardise', cells, rows, centres, scales, 0, columns, first, count, panel)
      pool.call('addGram', panel, count, columns, 0, columns, parts)
    }
    expect(pool.arena.float64(whole, columns * columns)).toEqual(pool.arena.float64(parts, columns * columns))
  })
})
