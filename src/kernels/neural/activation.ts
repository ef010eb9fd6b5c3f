// Activations of a layer: what the epilogue of a product applies, and their derivatives.
//
// Codes      0 none · 1 relu · 2 relu6 · 3 elu · 4 sigmoid · 5 tanh · 6 leaky relu (slope `alpha` below zero) · 7 hard sigmoid, min(max(0.2x + 0.5, 0), 1)
import { expLessOne4, sigmoid4, tanh4 } from './functions'
import { loadFirst, madd, storeFirst } from './lanes'

/** Four activated values. */
// @ts-ignore: decorator
@inline
export function activate(x: v128, activation: i32, alpha: f32): v128 {
  const zero = f32x4.splat(0)
  if (activation == 0) return x
  if (activation == 1) return f32x4.pmax(x, zero)
  if (activation == 2) return f32x4.pmin(f32x4.pmax(x, zero), f32x4.splat(6))
  if (activation == 3) return v128.bitselect(expLessOne4(x), x, f32x4.lt(x, zero))
  if (activation == 4) return sigmoid4(x)
  if (activation == 5) return tanh4(x)
  if (activation == 6) return v128.bitselect(f32x4.mul(x, f32x4.splat(alpha)), x, f32x4.lt(x, zero))
  return hardSigmoid4(x)
}

/** min(max(0.2x + 0.5, 0), 1) */
// @ts-ignore: decorator
@inline
export function hardSigmoid4(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(madd(x, f32x4.splat(0.2), f32x4.splat(0.5)), f32x4.splat(0)), f32x4.splat(1))
}

/** Derivatives by the input of an activation, from its outputs y. */
// @ts-ignore: decorator
@inline
export function slope(y: v128, activation: i32, alpha: f32): v128 {
  const zero = f32x4.splat(0), one = f32x4.splat(1)
  if (activation == 0) return one
  if (activation == 1) return v128.and(f32x4.gt(y, zero), one)
  if (activation == 2) return v128.and(v128.and(f32x4.gt(y, zero), f32x4.lt(y, f32x4.splat(6))), one)
  if (activation == 3) return v128.bitselect(f32x4.add(y, one), one, f32x4.lt(y, zero))
  if (activation == 4) return f32x4.mul(y, f32x4.sub(one, y))
  if (activation == 5) return f32x4.sub(one, f32x4.mul(y, y))
  if (activation == 6) return v128.bitselect(f32x4.splat(alpha), one, f32x4.lt(y, zero))
  return v128.and(v128.and(f32x4.gt(y, zero), f32x4.lt(y, one)), f32x4.splat(0.2))
}

/** Adds `bias` (0: none) to `count` values and activates them, in place. */
// @ts-ignore: decorator
@inline
export function finishRow(row: usize, bias: usize, count: i32, activation: i32, alpha: f32): void {
  if (activation <= 1) {
    addAndCut(row, bias, count, activation == 1)
    return
  }
  for (let left = count; left > 0; left -= 4, row += 16) {
    let x = loadFirst(row, left)
    if (bias) {
      x = f32x4.add(x, loadFirst(bias, left))
      bias += 16
    }
    storeFirst(row, left, activate(x, activation, alpha))
  }
}

/** Adds `bias` (0: none) and, where `relu`, cuts off what is below zero: most layers need no more. */
function addAndCut(row: usize, bias: usize, count: i32, relu: bool): void {
  const floor = f32x4.splat(relu ? 0 : -Infinity)
  let left = count
  if (bias) {
    for (; left >= 4; left -= 4, row += 16, bias += 16) v128.store(row, f32x4.pmax(f32x4.add(v128.load(row), v128.load(bias)), floor))
    if (left > 0) storeFirst(row, left, f32x4.pmax(f32x4.add(loadFirst(row, left), loadFirst(bias, left)), floor))
    return
  }
  for (; left >= 4; left -= 4, row += 16) v128.store(row, f32x4.pmax(v128.load(row), floor))
  if (left > 0) storeFirst(row, left, f32x4.pmax(loadFirst(row, left), floor))
}

/** Adds `bias` (`columns` f32; 0: none) to rows `from` … `to`−1 of x (`columns` f32 each, one behind the other) and activates them, in place. */
export function biasAndActivate(x: usize, from: i32, to: i32, columns: i32, bias: usize, activation: i32, alpha: f32): void {
  const stride = <usize>columns << 2
  for (let i = from; i < to; i++) finishRow(x + <usize>i * stride, bias, columns, activation, alpha)
}

/** dx = dy · derivative of the activation, from its outputs y, for elements `from` … `to`−1; dx may be dy. */
export function activationGradient(y: usize, dy: usize, dx: usize, from: i32, to: i32, activation: i32, alpha: f32): void {
  let left = to - from, at = <usize>from << 2
  if (activation == 1) {
    for (const zero = f32x4.splat(0); left >= 4; left -= 4, at += 16) v128.store(dx + at, v128.and(v128.load(dy + at), f32x4.gt(v128.load(y + at), zero)))
  }
  for (; left > 0; left -= 4, at += 16) {
    storeFirst(dx + at, left, f32x4.mul(loadFirst(dy + at, left), slope(loadFirst(y + at, left), activation, alpha)))
  }
}
