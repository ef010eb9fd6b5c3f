// Search for the best split of a node where predictions must rise or fall with some columns. A node's value is kept within bounds that splits
// above it have set, and a split by a constrained column counts only where its sides are in order ("basic" of LightGBM; scikit-learn's).
import { CATEGORICAL, HAS_MISSING, SKIPPED, sortCategories } from './split'

let G: f64 = 0, H: f64 = 0, base: f64 = 0, perHessian: f64 = 0, low: f64 = 0, high: f64 = 0, leastCount: f64 = 0, leastHessian: f64 = 0

// @ts-ignore: decorator
@inline
function value(g: f64, h: f64, l2: f64): f64 { return max(low, min(high, -g / (h + l2))) }

// What a side of value v takes from the loss, twice over: −2Gv − (H+λ)v²; G²/(H+λ) where v is not bounded.
// @ts-ignore: decorator
@inline
function taken(g: f64, h: f64, l2: f64, v: f64): f64 { return -v * (2 * g + (h + l2) * v) }

// The gain with `left` on the left; −1 where a side is too small or the sides are out of order.
function gainOf(left: i64, gradientUnit: f64, hessianUnit: f64, l2: f64, direction: i32): f64 {
  const hl = <f64><u32>left * hessianUnit, hr = H - hl, gl = <f64><i32>(left >> 32) * gradientUnit, gr = G - gl
  if (hl * perHessian < leastCount || hl < leastHessian || hr * perHessian < leastCount || hr < leastHessian) return -1
  const vl = value(gl, hl, l2), vr = value(gr, hr, l2)
  if ((direction > 0 && vl > vr) || (direction < 0 && vl < vr)) return -1
  return taken(gl, hl, l2, vl) + taken(gr, hr, l2, vr) - base
}

/**
 * As `findSplit`, with `directions` (one i32 per feature: 1 rising, −1 falling, 0 free) and the bounds of the node's value. Plain and
 * slower; its order of ties is the same but that numeric splits are not preferred to categorical ones.
 */
export function findMonotoneSplit(
  histograms: usize, firstFeature: i32, lastFeature: i32, describe: usize, count: i32, gradientUnit: f64, hessianUnit: f64,
  l2: f64, minimumCount: f64, minimumHessian: f64, smoothing: f64, categoricalL2: f64, result: usize, scratch: usize,
  directions: usize, lowest: f64, highest: f64,
): void {
  let sum: i64 = 0
  for (let p = histograms, e = histograms + 2048; p < e; p += 8) sum += load<i64>(p)
  G = <f64><i32>(sum >> 32) * gradientUnit
  H = <f64><u32>sum * hessianUnit
  low = lowest
  high = highest
  perHessian = <f64>count / H
  leastCount = minimumCount
  leastHessian = minimumHessian
  base = taken(G, H, l2, value(G, H, l2))
  let best = 0.0, feature = -1, bin = 0, missingRight = 0, isSet = 0
  for (let f = firstFeature; f < lastFeature; f++) {
    const d = load<i32>(describe + (<usize>f << 2)), bins = d & 0xffff, cells = histograms + (<usize>f << 11)
    if (d & SKIPPED) continue
    if (d & CATEGORICAL) {
      const m = sortCategories(cells, bins, gradientUnit, hessianUnit, perHessian, smoothing, scratch)
      let left: i64 = 0, length = -1
      for (let i = 0; i < m; i++) {
        left += load<i64>(cells + (<usize>(load<u32>(scratch + (<usize>i << 3)) & 255) << 3))
        const gain = gainOf(left, gradientUnit, hessianUnit, l2 + categoricalL2, 0)
        if (gain > best) { best = gain; length = i }
      }
      if (length < 0) continue
      feature = f
      isSet = 1
      memory.fill(result + 64, 0, 32)
      for (let i = 0; i <= length; i++) {
        const b = load<u32>(scratch + (<usize>i << 3)) & 255, a = result + 64 + <usize>(b >> 3)
        store<u8>(a, <u8>(<u32>load<u8>(a) | (<u32>1 << <u32>(b & 7))))
      }
      continue
    }
    const direction = load<i32>(directions + (<usize>f << 2))
    for (let right = 0; right < (d & HAS_MISSING ? 2 : 1); right++) {
      let left: i64 = right ? -load<i64>(cells) : 0
      for (let b = 0; b < bins - 1 + right; b++) {
        left += load<i64>(cells + (<usize>b << 3))
        const gain = gainOf(left, gradientUnit, hessianUnit, l2, direction)
        if (gain > best) { best = gain; feature = f; bin = b; missingRight = right; isSet = 0 }
      }
    }
  }
  store<f64>(result, best)
  store<f64>(result, <f64>feature, 8)
  store<f64>(result, <f64>bin, 16)
  store<f64>(result, <f64>missingRight, 24)
  store<f64>(result, G, 32)
  store<f64>(result, H, 40)
  store<f64>(result, <f64>isSet, 48)
}
