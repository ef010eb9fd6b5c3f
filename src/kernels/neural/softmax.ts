// Softmax of rows and its gradient. A row of one class or more; x may be y.
import { exp4 } from './functions'
import { exactSumOfLanes, loadFirst, madd, storeFirst } from './lanes'

/** Largest of `count` ≥ 1 floats. */
// @ts-ignore: decorator
@inline
export function largest(x: usize, count: i32): f32 {
  let top = load<f32>(x), left = count
  if (left >= 4) {
    let four = v128.load(x)
    for (; left >= 4; left -= 4, x += 16) four = f32x4.pmax(four, v128.load(x))
    top = max(max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)), max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)))
  }
  for (; left > 0; left--, x += 4) top = max(top, load<f32>(x))
  return top
}

/** y = e^(x − top) for `count` floats; returns their sum. */
// @ts-ignore: decorator
@inline
export function exponentials(x: usize, count: i32, top: f32, y: usize): f64 {
  const t = f32x4.splat(top)
  let total: f64 = 0
  for (let left = count; left > 0; left -= 4, x += 16, y += 16) {
    let e = exp4(f32x4.sub(loadFirst(x, left), t))
    storeFirst(y, left, e)
    if (left < 4) e = v128.and(e, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)))
    total += exactSumOfLanes(e)
  }
  return total
}

/** Multiplies `count` floats in place. */
// @ts-ignore: decorator
@inline
export function scaleRow(y: usize, count: i32, factor: f32): void {
  const f = f32x4.splat(factor)
  for (let left = count; left > 0; left -= 4, y += 16) storeFirst(y, left, f32x4.mul(loadFirst(y, left), f))
}

/** y_ij = e^x_ij / Σ_k e^x_ik for rows `from` … `to`−1 of `classes` f32 each. */
export function softmax(x: usize, from: i32, to: i32, classes: i32, y: usize): void {
  const row = <usize>classes << 2
  for (let i = from; i < to; i++) {
    const at = <usize>i * row
    const norm = exponentials(x + at, classes, largest(x + at, classes), y + at)
    scaleRow(y + at, classes, <f32>(1 / norm))
  }
}

/** dx = y · (dy − Σ_k dy_k y_k) from the outputs y of a softmax, for rows `from` … `to`−1; dx may be dy. */
export function softmaxGradient(y: usize, dy: usize, from: i32, to: i32, classes: i32, dx: usize): void {
  const row = <usize>classes << 2
  for (let i = from; i < to; i++) {
    const at = <usize>i * row
    let four = f32x4.splat(0)
    for (let left = classes, k = at; left > 0; left -= 4, k += 16) four = madd(loadFirst(y + k, left), loadFirst(dy + k, left), four)
    const mean = f32x4.splat(<f32>exactSumOfLanes(four))
    for (let left = classes, k = at; left > 0; left -= 4, k += 16) {
      storeFirst(dx + k, left, f32x4.mul(loadFirst(y + k, left), f32x4.sub(loadFirst(dy + k, left), mean)))
    }
  }
}
