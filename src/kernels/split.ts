// Search for the best split of a node by its histograms.
//
// Gain of a split (Chen and Guestrin 2016, eq. 7, without the constant factor): GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ). A categorical split adds its own
// penalty to λ in the first two terms only, as LightGBM does.
// A node's rows are counted through the hessian, rows ≈ H · count / H(node), as LightGBM does; exact where hessians are equal.

export const CATEGORICAL: i32 = 0x10000
export const HAS_MISSING: i32 = 0x20000
export const SKIPPED: i32 = 0x40000
const MINIMUM_SUPPORT: f64 = 10 // rows that a category needs to be moved to the left

/**
 * Sorts the supported categories of one feature by G/(H+smoothing), as packed (key << 32 | bin) at `out`; returns how many.
 * `cells` is the feature's histogram; `perHessian` rows per unit of hessian; `out` takes 2,048 bytes.
 */
export function sortCategories(cells: usize, bins: i32, gradientUnit: f64, hessianUnit: f64, perHessian: f64, smoothing: f64, out: usize): i32 {
  let m = 0
  for (let b = 0; b < bins; b++) {
    const cell = load<i64>(cells + (<usize>b << 3)), h = <f64><u32>cell * hessianUnit
    if (h * perHessian < MINIMUM_SUPPORT) continue
    const key = reinterpret<u32>(<f32>(<f64><i32>(cell >> 32) * gradientUnit / (h + smoothing)))
    const ordered = <i32>(key ^ (<u32>(<i32>key >> 31) >> 1)) // a float's bits, made to order as an integer
    store<i64>(out + (<usize>m << 3), (<i64>ordered << 32) | b)
    m++
  }
  for (let gap = 132; gap > 0; gap = gap == 132 ? 57 : gap == 57 ? 23 : gap == 23 ? 10 : gap == 10 ? 4 : gap == 4 ? 1 : 0) { // Shell sort (Ciura)
    for (let i = gap; i < m; i++) {
      const x = load<i64>(out + (<usize>i << 3))
      let j = i
      for (; j >= gap; j -= gap) {
        const y = load<i64>(out + (<usize>(j - gap) << 3))
        if (y <= x) break
        store<i64>(out + (<usize>j << 3), y)
      }
      store<i64>(out + (<usize>j << 3), x)
    }
  }
  return m
}

/**
 * The best split over features `firstFeature` … `lastFeature`−1. `histograms` starts at feature 0; `describe` holds one i32 per feature:
 * number of bins | 0x10000 categorical | 0x20000 has missing cells | 0x40000 left out. `gradientUnit` and `hessianUnit` turn fixed point into numbers.
 * `result` (f64): gain, feature (−1: none), bin, missing goes right, G, H, is categorical; then at byte 64 the 256-bit set of bins that go left.
 * A numeric row goes left when (u32)(cell − right) <= (u32)(bin − right), where right = 1 sends bin 0 (missing) right. `scratch` takes 4,096 bytes.
 * Two bins at a time; the divisions are made only for candidates that pass a product test with a small margin, so the result is exact.
 * Ties: numeric before categorical, then the lower feature, missing left, the lower bin.
 */
export function findSplit(
  histograms: usize, firstFeature: i32, lastFeature: i32, describe: usize, count: i32, gradientUnit: f64, hessianUnit: f64,
  l2: f64, minimumCount: f64, minimumHessian: f64, smoothing: f64, categoricalL2: f64, result: usize, scratch: usize,
): void {
  let total = i64x2.splat(0)
  for (let p = histograms, e = histograms + 2048; p < e; p += 32) total = i64x2.add(total, i64x2.add(v128.load(p), v128.load(p, 16)))
  const sum = i64x2.extract_lane(total, 0) + i64x2.extract_lane(total, 1)
  const G = <f64><i32>(sum >> 32) * gradientUnit, H = <f64><u32>sum * hessianUnit, base = G * G / (H + l2), perHessian = <f64>count / H
  const vG = f64x2.splat(G), vH = f64x2.splat(H), vBase = f64x2.splat(base), vPer = f64x2.splat(perHessian), vCount = f64x2.splat(minimumCount)
  const vMinH = f64x2.splat(minimumHessian), vgu = f64x2.splat(gradientUnit), vhu = f64x2.splat(hessianUnit), vl2 = f64x2.splat(l2)
  const two = i64x2.splat(2), margin = f64x2.splat(1.000000001)
  let best = f64x2.splat(0), where = i64x2.splat(-1)
  let setGain = 0.0, setFeature = -1, setLength = 0, sorted = scratch
  for (let f = firstFeature; f < lastFeature; f++) {
    const d = load<i32>(describe + (<usize>f << 2)), bins = d & 0xffff, cells = histograms + (<usize>f << 11)
    if (d & SKIPPED) continue
    if (d & CATEGORICAL) {
      const current = sorted == scratch ? scratch + 2048 : scratch
      const m = sortCategories(cells, bins, gradientUnit, hessianUnit, perHessian, smoothing, current), lambda = l2 + categoricalL2
      let left: i64 = 0, won = false
      for (let i = 0; i < m; i++) {
        left += load<i64>(cells + (<usize>(load<u32>(current + (<usize>i << 3)) & 255) << 3))
        const hl = <f64><u32>left * hessianUnit, hr = H - hl
        if (hl * perHessian < minimumCount || hl < minimumHessian) continue
        if (hr * perHessian < minimumCount || hr < minimumHessian) break
        const gl = <f64><i32>(left >> 32) * gradientUnit, gr = G - gl, gain = gl * gl / (hl + lambda) + gr * gr / (hr + lambda) - base
        if (gain > setGain) { setGain = gain; setFeature = f; setLength = i; won = true }
      }
      if (won) sorted = current // keep the winner's order, use the other half next
      continue
    }
    const passes = d & HAS_MISSING ? 2 : 1
    for (let right = 0; right < passes; right++) { // the second pass sends missing right: bin 0 is taken from every prefix
      let p = cells, carry = right ? i64x2.splat(-load<i64>(cells)) : i64x2.splat(0)
      let at = i64x2.add(i64x2.splat((<i64>f << 9) | (<i64>right << 8)), i64x2(0, 1))
      for (const e = p + (<usize>(bins - 1 + right) << 3); p < e; p += 16) {
        const v = v128.load(p), a = i64x2.add(i64x2.add(v, v128.shuffle<i64>(i64x2.splat(0), v, 0, 2)), carry)
        carry = v128.shuffle<i64>(a, a, 1, 1)
        const hl = f64x2.mul(f64x2.convert_low_i32x4_u(v128.shuffle<i32>(a, a, 0, 2, 0, 2)), vhu), hr = f64x2.sub(vH, hl)
        const rightOk = v128.and(f64x2.ge(f64x2.mul(hr, vPer), vCount), f64x2.ge(hr, vMinH))
        if (!v128.any_true(rightOk)) break
        const ok = v128.and(rightOk, v128.and(f64x2.ge(f64x2.mul(hl, vPer), vCount), f64x2.ge(hl, vMinH)))
        const gl = f64x2.mul(f64x2.convert_low_i32x4_s(v128.shuffle<i32>(a, a, 1, 3, 1, 3)), vgu), gr = f64x2.sub(vG, gl)
        const dl = f64x2.add(hl, vl2), dr = f64x2.add(hr, vl2), ll = f64x2.mul(gl, gl), rr = f64x2.mul(gr, gr)
        const products = f64x2.mul(f64x2.add(f64x2.mul(ll, dr), f64x2.mul(rr, dl)), margin)
        const may = v128.and(ok, f64x2.gt(products, f64x2.mul(f64x2.add(best, vBase), f64x2.mul(dl, dr))))
        if (v128.any_true(may)) {
          const gain = f64x2.add(f64x2.sub(f64x2.div(ll, dl), vBase), f64x2.div(rr, dr)), up = v128.and(may, f64x2.gt(gain, best))
          best = v128.bitselect(gain, best, up)
          where = v128.bitselect(at, where, up)
        }
        at = i64x2.add(at, two)
      }
    }
  }
  let gain = f64x2.extract_lane(best, 0), key = i64x2.extract_lane(where, 0)
  const gain1 = f64x2.extract_lane(best, 1), key1 = i64x2.extract_lane(where, 1)
  if (gain1 > gain || (gain1 == gain && key1 >= 0 && (key < 0 || key1 < key))) { gain = gain1; key = key1 } // as a scan one by one would
  let feature = key < 0 ? -1.0 : <f64>(key >> 9), isSet = 0.0
  if (setGain > gain) {
    gain = setGain
    feature = <f64>setFeature
    isSet = 1
    memory.fill(result + 64, 0, 32)
    for (let i = 0; i <= setLength; i++) {
      const b = load<u32>(sorted + (<usize>i << 3)) & 255, a = result + 64 + <usize>(b >> 3)
      store<u8>(a, <u8>(<u32>load<u8>(a) | (<u32>1 << <u32>(b & 7))))
    }
  }
  store<f64>(result, gain)
  store<f64>(result, feature, 8)
  store<f64>(result, key < 0 ? 0.0 : <f64>(key & 255), 16)
  store<f64>(result, key < 0 ? 0.0 : <f64>((key >> 8) & 1), 24)
  store<f64>(result, G, 32)
  store<f64>(result, H, 40)
  store<f64>(result, isSet, 48)
}
