// Losses of classifiers together with their gradients by the scores, row by row.
//
// `weights`: one f32 per row that multiplies its loss and its gradient, or 0 for ones. `losses` and `gradient` may be 0 where they are not wanted; `gradient` may not be `scores`.
import { expOfNegative, logOfLarge } from '../exponential'
import { exponentials, largest, scaleRow } from './softmax'

/**
 * Of one class per row, `labels` i32: loss = w · (log Σ_k e^score_k − score of the class), gradient_k = w · (softmax_k − (k is the class)).
 * A label outside 0 … `classes`−1 marks a row without a label: loss and gradient are 0. `aside`: `classes` f32, only where `gradient` is 0.
 */
export function softmaxCrossEntropy(
  scores: usize, labels: usize, weights: usize, from: i32, to: i32, classes: i32, losses: usize, gradient: usize, aside: usize,
): void {
  const row = <usize>classes << 2
  for (let i = from; i < to; i++) {
    const x = scores + <usize>i * row, out = gradient ? gradient + <usize>i * row : aside, at = <usize>i << 2
    const label = load<i32>(labels + at), weight: f32 = weights ? load<f32>(weights + at) : 1
    if (<u32>label >= <u32>classes) {
      if (gradient) memory.fill(out, 0, row)
      if (losses) store<f32>(losses + at, 0)
      continue
    }
    const top = largest(x, classes), norm = exponentials(x, classes, top, out), own = <usize>label << 2
    if (losses) store<f32>(losses + at, weight * <f32>(logOf(norm) + <f64>top - <f64>load<f32>(x + own)))
    if (gradient) {
      scaleRow(out, classes, <f32>(<f64>weight / norm))
      store<f32>(out + own, load<f32>(out + own) - weight)
    }
  }
}

/**
 * Of probabilities, `targets` f32 as many as scores: loss = w · Σ_k target_k (log Σ_j e^score_j − score_k),
 * gradient_k = w · (softmax_k Σ_j target_j − target_k). `aside`: `classes` f32, only where `gradient` is 0.
 */
export function softmaxCrossEntropyDense(
  scores: usize, targets: usize, weights: usize, from: i32, to: i32, classes: i32, losses: usize, gradient: usize, aside: usize,
): void {
  const row = <usize>classes << 2
  for (let i = from; i < to; i++) {
    const x = scores + <usize>i * row, t = targets + <usize>i * row, out = gradient ? gradient + <usize>i * row : aside, at = <usize>i << 2
    const weight: f32 = weights ? load<f32>(weights + at) : 1
    const top = largest(x, classes), norm = exponentials(x, classes, top, out), log = logOf(norm) + <f64>top
    let mass: f64 = 0, loss: f64 = 0
    for (let k: usize = 0; k < row; k += 4) {
      const target = <f64>load<f32>(t + k)
      mass += target
      if (target != 0) loss += target * (log - <f64>load<f32>(x + k))
    }
    if (losses) store<f32>(losses + at, weight * <f32>loss)
    if (gradient) {
      const share = <f32>(<f64>weight * mass / norm)
      for (let k: usize = 0; k < row; k += 4) store<f32>(out + k, load<f32>(out + k) * share - weight * load<f32>(t + k))
    }
  }
}

/**
 * Of elements `from` … `to`−1, each a yes or no of its own, `targets` f32 in 0 … 1: loss = w · (max(s, 0) − s · target + log(1 + e^−|s|)),
 * gradient = w · (sigmoid(s) − target). `weights` one f32 per element here.
 */
export function sigmoidCrossEntropy(scores: usize, targets: usize, weights: usize, from: i32, to: i32, losses: usize, gradient: usize): void {
  const one = f64x2.splat(1), zero = f64x2.splat(0)
  for (let i = from; i < to; i += 2) {
    const at = <usize>i << 2, pair = i + 1 < to
    const s = promoted(scores + at, pair), target = promoted(targets + at, pair), weight = weights ? promoted(weights + at, pair) : one
    const e = expOfNegative(f64x2.neg(f64x2.abs(s))), norm = f64x2.add(one, e)
    if (losses) {
      const loss = f64x2.add(logOfLarge(norm), f64x2.sub(f64x2.pmax(s, zero), f64x2.mul(s, target)))
      put(losses + at, f64x2.mul(weight, loss), pair)
    }
    if (gradient) put(gradient + at, f64x2.mul(weight, f64x2.sub(f64x2.div(v128.bitselect(one, e, f64x2.ge(s, zero)), norm), target)), pair)
  }
}

// @ts-ignore: decorator
@inline
function promoted(at: usize, pair: bool): v128 {
  return f64x2.promote_low_f32x4(pair ? v128.load64_zero(at) : v128.load32_zero(at))
}

// @ts-ignore: decorator
@inline
function put(at: usize, values: v128, pair: bool): void {
  const floats = f32x4.demote_f64x2_zero(values)
  if (pair) v128.store64_lane(at, floats, 0)
  else v128.store32_lane(at, floats, 0)
}

/** log x for x ≥ 1. */
// @ts-ignore: decorator
@inline
function logOf(x: f64): f64 {
  return f64x2.extract_lane(logOfLarge(f64x2.splat(x)), 0)
}
