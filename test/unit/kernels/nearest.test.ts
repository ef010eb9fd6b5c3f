import { expect, test } from 'vitest'
import type { Rng } from '../../../src/main/base/rng.ts'
import { searchNearest } from '../../../src/main/learn/estimators/nearest-neighbours/search.ts'
import { forSeeds, pool } from './kernel-bench.ts'

type Found = { readonly rows: number[]; readonly squares: number[] }

/** Every distance in float64, sorted; equal ones in the order of the points. */
function plainly(points: Float32Array, width: number, query: Float32Array, count: number): Found {
  const squares = Array.from({ length: points.length / width }, (_, row) => query.reduce((sum, x, j) => sum + ((points[row * width + j] ?? 0) - x) ** 2, 0))
  const rows = [...squares.keys()].toSorted((a, b) => (squares[a] ?? 0) - (squares[b] ?? 0) || a - b).slice(0, count)
  return { rows, squares: rows.map((row) => squares[row] ?? 0) }
}

function check(points: Float32Array, width: number, queries: Float32Array, count: number): void {
  const total = points.length / width
  const queryAt = (row: number, out: Float32Array): void => out.set(queries.subarray(row * width, (row + 1) * width))
  searchNearest(points, total, width, count, queries.length / width, pool, queryAt, (row, { rows, squares }) => {
    expect({ rows: [...rows], squares: [...squares] }).toEqual(plainly(points, width, queries.subarray(row * width, (row + 1) * width), count))
  })
}

const floats = (length: number, draw: (rng: Rng) => number, rng: Rng): Float32Array => Float32Array.from({ length }, () => draw(rng))

test('finds what a plain search in float64 finds, bit for bit, for any width and number of points', () => {
  forSeeds(3, (rng) => {
    for (const [total, width, count] of [[1, 1, 1], [5, 3, 5], [203, 16, 4], [130, 37, 7], [4100, 9, 5]] as const) {
      check(floats(total * width, (own) => own.normal(), rng), width, floats(9 * width, (own) => own.normal(), rng), count)
    }
  })
})

test('ties go to the earlier point, distances that float32 cannot tell apart are told apart', () => {
  forSeeds(3, (rng) => {
    check(floats(300 * 2, (own) => own.below(3), rng), 2, floats(8 * 2, (own) => own.below(3), rng), 6)
    check(floats(300 * 5, (own) => 1e4 + own.normal() * 1e-2, rng), 5, floats(8 * 5, () => 1e4, rng), 6)
  })
})
