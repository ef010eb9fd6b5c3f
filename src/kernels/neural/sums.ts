// Sums. Short runs are added in float32, in several lanes; the sums of runs are added in float64: the error does not grow with the length.
import { exactSumOfLanes, loadFirst, storeFirst } from './lanes'

const RUN: i32 = 64 // rows or vectors that are added in float32

/** Sum of elements `from` … `to`−1, as float64. */
export function sum(x: usize, from: i32, to: i32): f64 {
  return sumOf(x + (<usize>from << 2), to - from)
}

/** Sum of the squares of elements `from` … `to`−1, as float64: for norms of gradients. */
export function sumOfSquares(x: usize, from: i32, to: i32): f64 {
  let total: f64 = 0
  x += <usize>from << 2
  for (let left = to - from; left > 0; left -= RUN << 2) {
    let run = f32x4.splat(0)
    for (let inner = min(left, RUN << 2); inner > 0; inner -= 4, x += 16) {
      const some = loadFirst(x, inner)
      run = f32x4.add(run, f32x4.mul(some, some))
    }
    total += exactSumOfLanes(run)
  }
  return total
}

/** out[i] = sum of row i of x (`columns` f32 each), for rows `from` … `to`−1. */
export function rowSums(x: usize, from: i32, to: i32, columns: i32, out: usize): void {
  for (let i = from; i < to; i++) store<f32>(out + (<usize>i << 2), <f32>sumOf(x + ((<usize>i * <usize>columns) << 2), columns))
}

/** Sum of `count` floats. */
export function sumOf(x: usize, count: i32): f64 {
  let total: f64 = 0, left = count
  for (; left >= 16; ) {
    let a = f32x4.splat(0), b = a, c = a, d = a
    for (let n = min(RUN, left >> 4); n > 0; n--, x += 64, left -= 16) {
      a = f32x4.add(a, v128.load(x))
      b = f32x4.add(b, v128.load(x, 16))
      c = f32x4.add(c, v128.load(x, 32))
      d = f32x4.add(d, v128.load(x, 48))
    }
    total += exactSumOfLanes(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)))
  }
  let rest = f32x4.splat(0)
  for (; left > 0; left -= 4, x += 16) rest = f32x4.add(rest, loadFirst(x, left))
  return total + exactSumOfLanes(rest)
}

/**
 * out[j] = sum over all `rows` of column j of x (`columns` f32 per row), or out[j] + sum where `accumulate` is 1, for columns `from` … `to`−1.
 * Threads take columns each.
 */
export function columnSums(x: usize, rows: i32, columns: i32, from: i32, to: i32, accumulate: i32, out: usize): void {
  const row = <usize>columns << 2
  if (columns == 1 && from < to) {
    store<f32>(out, <f32>sumOf(x, rows) + (accumulate ? load<f32>(out) : 0))
    return
  }
  let j = from
  for (; j + 16 <= to; j += 16) sixteenColumns(x + (<usize>j << 2), rows, row, accumulate != 0, out + (<usize>j << 2))
  for (; j < to; j += 4) fewColumns(x + (<usize>j << 2), rows, row, min(4, to - j), accumulate != 0, out + (<usize>j << 2))
}

function sixteenColumns(x: usize, rows: i32, row: usize, add: bool, out: usize): void {
  const none = f64x2.splat(0)
  let t0 = none, t1 = none, t2 = none, t3 = none, t4 = none, t5 = none, t6 = none, t7 = none
  for (let i = 0; i < rows; ) {
    let a = f32x4.splat(0), b = a, c = a, d = a
    for (let end = min(rows, i + RUN); i < end; i++, x += row) {
      a = f32x4.add(a, v128.load(x))
      b = f32x4.add(b, v128.load(x, 16))
      c = f32x4.add(c, v128.load(x, 32))
      d = f32x4.add(d, v128.load(x, 48))
    }
    t0 = addLow(t0, a)
    t1 = addHigh(t1, a)
    t2 = addLow(t2, b)
    t3 = addHigh(t3, b)
    t4 = addLow(t4, c)
    t5 = addHigh(t5, c)
    t6 = addLow(t6, d)
    t7 = addHigh(t7, d)
  }
  putFour(out, 4, t0, t1, add)
  putFour(out + 16, 4, t2, t3, add)
  putFour(out + 32, 4, t4, t5, add)
  putFour(out + 48, 4, t6, t7, add)
}

function fewColumns(x: usize, rows: i32, row: usize, count: i32, add: bool, out: usize): void {
  let low = f64x2.splat(0), high = low
  for (let i = 0; i < rows; ) {
    let run = f32x4.splat(0)
    for (let end = min(rows, i + RUN); i < end; i++, x += row) run = f32x4.add(run, loadFirst(x, count))
    low = addLow(low, run)
    high = addHigh(high, run)
  }
  putFour(out, count, low, high, add)
}

/** Adds the first two lanes to totals. */
// @ts-ignore: decorator
@inline
export function addLow(totals: v128, run: v128): v128 {
  return f64x2.add(totals, f64x2.promote_low_f32x4(run))
}

/** Adds the last two lanes to totals. */
// @ts-ignore: decorator
@inline
export function addHigh(totals: v128, run: v128): v128 {
  return f64x2.add(totals, f64x2.promote_low_f32x4(v128.shuffle<i32>(run, run, 2, 3, 2, 3)))
}

/** Sum of both totals. */
// @ts-ignore: decorator
@inline
export function bothLanes(totals: v128): f64 {
  return f64x2.extract_lane(totals, 0) + f64x2.extract_lane(totals, 1)
}

/** Four totals in float32. */
// @ts-ignore: decorator
@inline
export function narrowed(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5)
}

// @ts-ignore: decorator
@inline
function putFour(out: usize, count: i32, low: v128, high: v128, add: bool): void {
  const totals = narrowed(low, high)
  storeFirst(out, count, add ? f32x4.add(totals, loadFirst(out, count)) : totals)
}

/** target[i] += source[i] · factor for elements `from` … `to`−1: joins what threads have summed each for itself. */
export function addScaled(target: usize, source: usize, from: i32, to: i32, factor: f32): void {
  const base = <usize>from << 2, f = f32x4.splat(factor)
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) {
    storeFirst(target + at, left, f32x4.add(loadFirst(target + at, left), f32x4.mul(loadFirst(source + at, left), f)))
  }
}
