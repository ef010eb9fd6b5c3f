// The nearest of many points, exactly: distances in float32 rule points out, those of the rest are taken again in float64.
//
// Points lie four by four, column after column within the four: cell (i, j) at points + (((i >> 2) * width + j) * 4 + (i & 3)) * 4, in whole fours.
// Queries lie row after row, `width` f32 each.

/** Columns between two looks at whether the distance so far rules all four points out. */
const STRIDE: i32 = 16
/** Bytes of points that stay in the second-level cache while every query passes. */
const TILE: i32 = 131072

/**
 * For queries `from` … `to`−1: the `count` nearest of `total` points, rows[q · count + k] (i32) and squares[q · count + k] (f64), the nearest first; equal
 * distances in the order of the points. `squares` start as Infinity, `rows` as −1. A point whose distance is not a number is passed over.
 */
export function nearest(points: usize, total: i32, width: i32, queries: usize, from: i32, to: i32, count: i32, rows: usize, squares: usize): void {
  const fours = (total + 3) >> 2, four = <usize>width << 4, tile = max(1, TILE / max(1, width << 4))
  // Rounding of float32: each of the width squares and sums is off by a few parts in 2^24; twice that is room enough.
  const room = 1 + <f64>(width + 8) / <f64>(1 << 22)
  for (let start = 0; start < fours; start += tile) {
    const end = min(start + tile, fours)
    for (let q = from; q < to; q++) {
      const query = queries + ((<usize>q * <usize>width) << 2)
      const ownRows = rows + ((<usize>q * <usize>count) << 2), ownSquares = squares + ((<usize>q * <usize>count) << 3)
      const worst = ownSquares + (<usize>(count - 1) << 3)
      let limit = f32x4.splat(<f32>(load<f64>(worst) * room))
      for (let g = start; g < end; g++) {
        const near = within(points + <usize>g * four, query, width, limit)
        if (near == 0) continue
        for (let lane = 0; lane < 4; lane++) {
          const row = (g << 2) + lane
          if (((near >> lane) & 1) == 0 || row >= total) continue
          const square = exactSquare(points + <usize>g * four + (<usize>lane << 2), query, width)
          if (square < load<f64>(worst)) insert(ownRows, ownSquares, count, row, square)
        }
        limit = f32x4.splat(<f32>(load<f64>(worst) * room))
      }
    }
  }
}

/** One bit for each of four points that may be within the limit. */
// @ts-ignore: decorator
@inline
function within(points: usize, query: usize, width: i32, limit: v128): i32 {
  let a = f32x4.splat(0), b = a, j = 0
  while (j < width) {
    const end = min(width, j + STRIDE), whole = end - 1
    for (; j < whole; j += 2) {
      const p = points + (<usize>j << 4), d = f32x4.sub(v128.load(p), v128.load32_splat(query + (<usize>j << 2)))
      const e = f32x4.sub(v128.load(p, 16), v128.load32_splat(query + (<usize>j << 2), 4))
      a = f32x4.add(a, f32x4.mul(d, d))
      b = f32x4.add(b, f32x4.mul(e, e))
    }
    if (j < end) {
      const d = f32x4.sub(v128.load(points + (<usize>j << 4)), v128.load32_splat(query + (<usize>j << 2)))
      a = f32x4.add(a, f32x4.mul(d, d))
      j++
    }
    if (!v128.any_true(f32x4.le(f32x4.add(a, b), limit))) return 0
  }
  return i32x4.bitmask(f32x4.le(f32x4.add(a, b), limit))
}

/** Σ (point − query)² in float64, in column order. */
function exactSquare(point: usize, query: usize, width: i32): f64 {
  let sum: f64 = 0
  for (let j = 0; j < width; j++) {
    const difference = <f64>load<f32>(point + (<usize>j << 4)) - <f64>load<f32>(query + (<usize>j << 2))
    sum += difference * difference
  }
  return sum
}

function insert(rows: usize, squares: usize, count: i32, row: i32, square: f64): void {
  let place = count - 1
  for (; place > 0; place--) {
    const before = load<f64>(squares + (<usize>(place - 1) << 3))
    if (before <= square) break
    store<f64>(squares + (<usize>place << 3), before)
    store<i32>(rows + (<usize>place << 2), load<i32>(rows + (<usize>(place - 1) << 2)))
  }
  store<f64>(squares + (<usize>place << 3), square)
  store<i32>(rows + (<usize>place << 2), row)
}
