// Losses of linear models: their sums over rows and their derivatives by the rows' scores, in float64.
//
// Vectors are f64 per row (`scores` and `residual` of several outputs: output after output), `codes` i32. Rows `from` … `to`−1, `from` a multiple
// of 1,024, give one sum per 1,024 rows at sums + (row >> 10) * 8: whoever adds them in order gets the same bits on any number of threads.
import { expOfNegative, logOfLarge } from './exponential'

const BLOCK: i32 = 1024

/** Sums of weight · (log(1 + e^score) − code · score); residual = weight · (probability − code). */
export function logisticLoss(codes: usize, scores: usize, weights: usize, residual: usize, from: i32, to: i32, sums: usize): void {
  const one = f64x2.splat(1), zero = f64x2.splat(0)
  for (let start = from; start < to; start += BLOCK) {
    const end = min(start + BLOCK, to)
    let sum = zero
    for (let i = start; i < end; i += 2) {
      const at = <usize>i << 3, pair = i + 1 < end
      const score = pair ? v128.load(scores + at) : v128.load64_zero(scores + at), weight = pair ? v128.load(weights + at) : v128.load64_zero(weights + at)
      const y = f64x2.convert_low_i32x4_s(pair ? v128.load64_zero(codes + (at >> 1)) : v128.load32_zero(codes + (at >> 1)))
      const e = expOfNegative(f64x2.neg(f64x2.abs(score))), norm = f64x2.add(one, e)
      const probability = f64x2.div(v128.bitselect(one, e, f64x2.ge(score, zero)), norm)
      const own = f64x2.mul(weight, f64x2.sub(probability, y))
      if (pair) v128.store(residual + at, own)
      else v128.store64_lane(residual + at, own, 0)
      const loss = f64x2.sub(f64x2.add(logOfLarge(norm), f64x2.pmax(score, zero)), f64x2.mul(y, score))
      sum = f64x2.add(sum, f64x2.mul(weight, loss))
    }
    store<f64>(sums + (<usize>(start >> 10) << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1))
  }
}

/** Sums of weight · (log Σ_k e^score_k − score of the code); residual_k = weight · (probability_k − (k is the code)). Vectors of an output have `rows` numbers. */
export function softmaxLoss(codes: usize, classes: i32, rows: i32, scores: usize, weights: usize, residual: usize, from: i32, to: i32, sums: usize): void {
  const stride = <usize>rows << 3
  for (let start = from; start < to; start += BLOCK) {
    const end = min(start + BLOCK, to)
    let sum = f64x2.splat(0)
    for (let i = start; i < end; i += 2) {
      const at = <usize>i << 3, pair = i + 1 < end
      let top = f64x2.splat(-Infinity)
      for (let k = 0, s = scores + at; k < classes; k++, s += stride) top = f64x2.pmax(top, pair ? v128.load(s) : v128.load64_splat(s))
      let norm = f64x2.splat(0)
      for (let k = 0, s = scores + at, r = residual + at; k < classes; k++, s += stride, r += stride) {
        const e = expOfNegative(f64x2.sub(pair ? v128.load(s) : v128.load64_splat(s), top))
        if (pair) v128.store(r, e)
        else v128.store64_lane(r, e, 0)
        norm = f64x2.add(norm, e)
      }
      const weight = pair ? v128.load(weights + at) : v128.load64_zero(weights + at), share = f64x2.div(weight, norm)
      for (let k = 0, r = residual + at; k < classes; k++, r += stride) {
        if (pair) v128.store(r, f64x2.mul(v128.load(r), share))
        else v128.store64_lane(r, f64x2.mul(v128.load64_zero(r), share), 0)
      }
      const first = <usize>load<i32>(codes + (at >> 1)) * stride + at, second = pair ? <usize>load<i32>(codes + (at >> 1), 4) * stride + at + 8 : first
      store<f64>(residual + first, load<f64>(residual + first) - f64x2.extract_lane(weight, 0))
      if (pair) store<f64>(residual + second, load<f64>(residual + second) - f64x2.extract_lane(weight, 1))
      const own = f64x2.replace_lane(f64x2.splat(load<f64>(scores + first)), 1, load<f64>(scores + second))
      sum = f64x2.add(sum, f64x2.mul(weight, f64x2.sub(f64x2.add(logOfLarge(norm), top), own)))
    }
    store<f64>(sums + (<usize>(start >> 10) << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1))
  }
}
