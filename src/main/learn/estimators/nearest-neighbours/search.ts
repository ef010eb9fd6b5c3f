import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { cutRange } from '../../../wasm/ranges.ts'

/** Training rows nearest to each query, `count` each, the nearest first; row −1 at distance Infinity where there were not as many. */
export type Nearest = { readonly rows: Int32Array; readonly squares: Float64Array }

/** Queries searched for at a time: their results stay small beside the points. */
const CHUNK = 4096
/** Queries × points below which one thread is faster than waking others. */
const FEWEST = 100_000

/** Places points, given row after row, as kernel `nearest` reads them: four by four, column after column. */
function placeInFours(points: Float32Array, total: number, width: number, pool: KernelPool): number {
  const length = Math.ceil(total / 4) * 4 * width
  const placed = pool.arena.float32(pool.arena.allocate(length * 4), length)
  for (let i = 0, at = 0; i < total; i++) {
    const first = (i - (i % 4)) * width + (i % 4)
    for (let j = 0; j < width; j++, at++) placed[first + j * 4] = points[at] as number
  }
  return placed.byteOffset
}

/**
 * Hands `take` the `count` nearest of `total` points for `rows` queries, one after another, on all threads of `pool`: by Euclidean distance in float64 over all
 * columns, ties in the order of the points. `queryAt` writes a query's cells. Both lists are valid until `take` returns.
 */
export function searchNearest(
  points: Float32Array, total: number, width: number, count: number, rows: number, pool: KernelPool,
  queryAt: (row: number, out: Float32Array) => void, take: (row: number, nearest: Nearest) => void,
): void {
  if (rows === 0) return
  const { arena } = pool
  const mark = arena.mark()
  try {
    const placed = placeInFours(points, total, width, pool)
    const most = Math.min(CHUNK, rows)
    const queries = arena.float32(arena.allocate(most * width * 4), most * width)
    const found = arena.int32(arena.allocate(most * count * 4), most * count)
    const squares = arena.float64(arena.allocate(most * count * 8), most * count)
    for (let from = 0; from < rows; from += most) {
      const here = Math.min(most, rows - from)
      for (let i = 0; i < here; i++) queryAt(from + i, queries.subarray(i * width, (i + 1) * width))
      found.fill(-1)
      squares.fill(Infinity)
      const parts = cutRange(0, here, here * total < FEWEST ? 1 : pool.threads)
      pool.together(
        parts.map((part) => ({ kernel: 'nearest', args: [placed, total, width, queries.byteOffset, part.from, part.to, count, found.byteOffset, squares.byteOffset] })),
      )
      for (let i = 0; i < here; i++) take(from + i, { rows: found.subarray(i * count, (i + 1) * count), squares: squares.subarray(i * count, (i + 1) * count) })
    }
  } finally {
    arena.release(mark)
  }
}
