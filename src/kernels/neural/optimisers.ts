// One step of an optimiser over elements `from` … `to`−1 of a parameter that lies flat in memory, in one pass.
import { flushed, loadFirst, madd, storeFirst } from './lanes'

/**
 * Adam (Kingma and Ba 2015), and AdamW (Loshchilov and Hutter 2019) where `decay` is not 0:
 *   g = scale · gradient;  m = β1 m + (1 − β1) g;  v = β2 v + (1 − β2) g²
 *   p = p − rate · decay · p − rate · (m · correction1) / (√(v · correction2) + ε)
 * with correction_i = 1 / (1 − β_i^t) at step t = 1, 2, …; `scale` serves clipping by norm.
 */
export function adam(
  parameter: usize, gradient: usize, first: usize, second: usize, from: i32, to: i32,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, correction1: f32, correction2: f32, decay: f32, scale: f32,
): void {
  const s = f32x4.splat(scale), b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2), rest1 = f32x4.splat(1 - beta1), rest2 = f32x4.splat(1 - beta2)
  const step = f32x4.splat(rate * correction1), c2 = f32x4.splat(correction2), e = f32x4.splat(epsilon), kept = f32x4.splat(1 - rate * decay)
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) {
    const g = f32x4.mul(loadFirst(gradient + at, left), s)
    const m = flushed(madd(rest1, g, f32x4.mul(b1, loadFirst(first + at, left))))
    const v = flushed(madd(f32x4.mul(rest2, g), g, f32x4.mul(b2, loadFirst(second + at, left))))
    const move = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, c2)), e))
    storeFirst(first + at, left, m)
    storeFirst(second + at, left, v)
    storeFirst(parameter + at, left, f32x4.sub(f32x4.mul(loadFirst(parameter + at, left), kept), move))
  }
}

/**
 * Gradient descent: g = scale · gradient + decay · p;  a = momentum · a + g;  p = p − rate · a, or p − rate · (g + momentum · a) where `nesterov` is 1.
 * `accumulator` may be 0 where `momentum` is 0.
 */
export function momentumDescent(
  parameter: usize, gradient: usize, accumulator: usize, from: i32, to: i32, rate: f32, momentum: f32, nesterov: i32, decay: f32, scale: f32,
): void {
  const s = f32x4.splat(scale), d = f32x4.splat(decay), r = f32x4.splat(-rate), u = f32x4.splat(momentum)
  const base = <usize>from << 2
  for (let left = to - from, at = base; left > 0; left -= 4, at += 16) {
    const p = loadFirst(parameter + at, left), g = madd(d, p, f32x4.mul(loadFirst(gradient + at, left), s))
    let move = g
    if (accumulator) {
      const a = flushed(madd(u, loadFirst(accumulator + at, left), g))
      storeFirst(accumulator + at, left, a)
      move = nesterov ? madd(u, a, g) : a
    }
    storeFirst(parameter + at, left, madd(r, move, p))
  }
}
