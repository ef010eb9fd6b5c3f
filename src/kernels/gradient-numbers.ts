// Gradients and hessians of losses of numbers other than the squared error, and of weighted rows, in fixed point; see gradient.ts.
import { exp4 } from './gradient'

/**
 * Losses with two slopes: gradient `above` where raw > y, `below` where raw < y, 0 where they are equal; hessian 1, stored as the integer `hessian`.
 * Absolute error: −1 and 1; quantile α: −α and 1 − α (Koenker and Bassett 1978). Leaves are refitted by the host.
 */
export function slopeGradient(raw: usize, y: usize, gh: usize, from: i32, to: i32, below: f64, above: f64, gScale: f32, hessian: i32, sums: usize): void {
  const low = <i64>nearest(below * <f64>gScale), high = <i64>nearest(above * <f64>gScale)
  let sum: i64 = 0
  for (let i = <usize>from; i < <usize>to; i++) {
    const r = load<f32>(raw + (i << 2)), t = load<f32>(y + (i << 2)), g = r > t ? high : r < t ? low : 0
    store<i64>(gh + (i << 3), (g << 32) | <i64>hessian)
    sum += g < 0 ? -g : g
  }
  store<i64>(sums, sum)
  store<i64>(sums, <i64>(to - from) * <i64>hessian, 8)
}

// @ts-ignore: decorator
@inline
function exp(x: f32): f32 { return f32x4.extract_lane(exp4(f32x4.splat(x)), 0) }

/**
 * Tweedie deviance with log link, `power` 1 … 2 (1: Poisson, 2: gamma): gradient e^((2−p)·raw) − y·e^((1−p)·raw) and its derivative as hessian.
 * Powers of e stay within e^±80.
 */
export function tweedieGradient(raw: usize, y: usize, gh: usize, from: i32, to: i32, power: f64, gScale: f32, hScale: f32, sums: usize): void {
  const a = <f32>(2 - power), b = <f32>(1 - power), widest: f64 = 2147483647
  let sg: i64 = 0, sh: i64 = 0
  for (let i = <usize>from; i < <usize>to; i++) {
    const r = load<f32>(raw + (i << 2)), mean = <f64>exp(a * r), seen = <f64>load<f32>(y + (i << 2)) * <f64>exp(b * r)
    const g = <i64>nearest(max(-widest, min(widest, (mean - seen) * <f64>gScale)))
    const h = <i64>nearest(min(widest, (<f64>a * mean - <f64>b * seen) * <f64>hScale))
    store<i64>(gh + (i << 3), (g << 32) | h)
    sg += g < 0 ? -g : g
    sh += h
  }
  store<i64>(sums, sg)
  store<i64>(sums, sh, 8)
}

/**
 * Multiplies gradient and hessian of every row by the weight of its class and sums them anew. `y`: f32 0 or 1 per row, or, where `whole` is 1, i32
 * class; `weights`: f64 per class.
 */
export function weighGradients(gh: usize, y: usize, whole: i32, weights: usize, from: i32, to: i32, sums: usize): void {
  const widest: f64 = 2147483647
  let sg: i64 = 0, sh: i64 = 0
  for (let i = <usize>from; i < <usize>to; i++) {
    const t = y + (i << 2), w = load<f64>(weights + (<usize>(whole ? load<i32>(t) : <i32>load<f32>(t)) << 3)), cell = load<i64>(gh + (i << 3))
    const g = <i64>nearest(max(-widest, min(widest, <f64>(cell >> 32) * w))), h = <i64>nearest(min(2 * widest, <f64><u32>cell * w))
    store<i64>(gh + (i << 3), (g << 32) | h)
    sg += g < 0 ? -g : g
    sh += h
  }
  store<i64>(sums, sg)
  store<i64>(sums, sh, 8)
}
