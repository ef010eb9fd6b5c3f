// Gradients and hessians of the losses, in fixed point. Four rows at a time; no array is read or written beyond `to`.
// `sums` (two i64) receives Σ|gradient| and Σ hessian in fixed point, by which the host keeps every partial sum below 2^31.

// exp(x) = 2^floor(t) · 2^(t − floor t), t = x·log2 e, the fraction by a polynomial of degree 6; |x| is clamped to 80. Relative
// error below 1e-5 for |x| ≤ 20: the product t is rounded to float32 too.
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const t = f32x4.mul(f32x4.min(f32x4.max(x, f32x4.splat(-80)), f32x4.splat(80)), f32x4.splat(1.44269504))
  const whole = f32x4.floor(t), z = f32x4.sub(t, whole)
  let q = f32x4.add(f32x4.splat(0.00133336), f32x4.mul(z, f32x4.splat(0.00015469)))
  q = f32x4.add(f32x4.splat(0.00961813), f32x4.mul(z, q))
  q = f32x4.add(f32x4.splat(0.05550411), f32x4.mul(z, q))
  q = f32x4.add(f32x4.splat(0.24022651), f32x4.mul(z, q))
  q = f32x4.add(f32x4.splat(0.69314718), f32x4.mul(z, q))
  q = f32x4.add(f32x4.splat(1), f32x4.mul(z, q))
  return f32x4.mul(q, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(whole), i32x4.splat(127)), 23))
}

// Loads four floats at `p`, or the first `n` < 4 with zeros behind them.
// @ts-ignore: decorator
@inline
function load4(p: usize, n: i32): v128 {
  if (n >= 4) return v128.load(p)
  let v = v128.load32_zero(p)
  if (n > 1) v = v128.load32_lane(p + 4, v, 1)
  if (n > 2) v = v128.load32_lane(p + 8, v, 2)
  return v
}

// Stores the first `n` ≤ 4 pairs of (gradient, hessian) at `out`.
// @ts-ignore: decorator
@inline
function storePairs(out: usize, g: v128, h: v128, n: i32): void {
  const low = v128.shuffle<i32>(h, g, 0, 4, 1, 5), high = v128.shuffle<i32>(h, g, 2, 6, 3, 7)
  if (n >= 4) {
    v128.store(out, low)
    v128.store(out, high, 16)
    return
  }
  v128.store64_lane(out, low, 0)
  if (n > 1) v128.store64_lane(out + 8, low, 1)
  if (n > 2) v128.store64_lane(out + 16, high, 0)
}

// @ts-ignore: decorator
@inline
function firstLanes(n: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(n))
}

// @ts-ignore: decorator
@inline
function widen(sum: v128, x: v128): v128 {
  return i64x2.add(sum, i64x2.add(i64x2.extend_low_i32x4_u(x), i64x2.extend_high_i32x4_u(x)))
}

// @ts-ignore: decorator
@inline
function storeSums(sums: usize, g: v128, h: v128): void {
  store<i64>(sums, i64x2.extract_lane(g, 0) + i64x2.extract_lane(g, 1))
  store<i64>(sums, i64x2.extract_lane(h, 0) + i64x2.extract_lane(h, 1), 8)
}

// @ts-ignore: decorator
@inline
function fixed(x: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(x))
}

/** Binary log loss: p = 1/(1+exp(−raw)), gradient p − y, hessian p(1−p). `raw` and `y` (0 or 1): f32 per row; `gScale`, `hScale`: fixed-point units. */
export function logisticGradient(raw: usize, y: usize, gh: usize, from: i32, to: i32, gScale: f32, hScale: f32, sums: usize): void {
  const one = f32x4.splat(1), vg = f32x4.splat(gScale), vh = f32x4.splat(hScale)
  let sg = i64x2.splat(0), sh = i64x2.splat(0)
  for (let i = from; i < to; i += 4) {
    const n = to - i, p4 = <usize>i << 2
    const p = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(load4(raw + p4, n)))))
    let g = fixed(f32x4.mul(f32x4.sub(p, load4(y + p4, n)), vg)), h = fixed(f32x4.mul(f32x4.mul(p, vh), f32x4.sub(one, p)))
    if (n < 4) { const used = firstLanes(n); g = v128.and(g, used); h = v128.and(h, used) }
    storePairs(gh + (<usize>i << 3), g, h, n)
    sg = widen(sg, i32x4.abs(g))
    sh = widen(sh, h)
  }
  storeSums(sums, sg, sh)
}

/** Squared error: gradient raw − y, hessian 1, stored as the integer `hessian`. `raw` and `y`: f32 per row. */
export function squaredGradient(raw: usize, y: usize, gh: usize, from: i32, to: i32, gScale: f32, hessian: i32, sums: usize): void {
  const vg = f32x4.splat(gScale), vh = i32x4.splat(hessian)
  let sg = i64x2.splat(0), sh = i64x2.splat(0)
  for (let i = from; i < to; i += 4) {
    const n = to - i, p4 = <usize>i << 2
    let g = fixed(f32x4.mul(f32x4.sub(load4(raw + p4, n), load4(y + p4, n)), vg)), h = vh
    if (n < 4) { const used = firstLanes(n); g = v128.and(g, used); h = v128.and(h, used) }
    storePairs(gh + (<usize>i << 3), g, h, n)
    sg = widen(sg, i32x4.abs(g))
    sh = widen(sh, h)
  }
  storeSums(sums, sg, sh)
}

/** Softmax over classes: `raw` and `probability` hold class after class, f32 per row, their strides in bytes. */
export function softmax(raw: usize, rawStride: usize, probability: usize, stride: usize, classes: i32, from: i32, to: i32): void {
  for (let i = from; i < to; i += 4) {
    const n = to - i, offset = <usize>i << 2
    let top = load4(raw + offset, n)
    for (let k = 1; k < classes; k++) top = f32x4.max(top, load4(raw + <usize>k * rawStride + offset, n))
    let sum = f32x4.splat(0)
    for (let k = 0; k < classes; k++) {
      const e = exp4(f32x4.sub(load4(raw + <usize>k * rawStride + offset, n), top))
      sum = f32x4.add(sum, e)
      store4(probability + <usize>k * stride + offset, e, n)
    }
    const scale = f32x4.div(f32x4.splat(1), sum)
    for (let k = 0; k < classes; k++) {
      const p = probability + <usize>k * stride + offset
      store4(p, f32x4.mul(load4(p, n), scale), n)
    }
  }
}

// @ts-ignore: decorator
@inline
function store4(p: usize, v: v128, n: i32): void {
  if (n >= 4) { v128.store(p, v); return }
  v128.store32_lane(p, v, 0)
  if (n > 1) v128.store32_lane(p + 4, v, 1)
  if (n > 2) v128.store32_lane(p + 8, v, 2)
}

/** One class of a softmax: gradient p − [y = class], hessian p(1−p). `probability`: f32 per row of this class; `y`: i32 class per row. */
export function classGradient(probability: usize, y: usize, klass: i32, gh: usize, from: i32, to: i32, gScale: f32, hScale: f32, sums: usize): void {
  const one = f32x4.splat(1), vg = f32x4.splat(gScale), vh = f32x4.splat(hScale), vk = i32x4.splat(klass)
  let sg = i64x2.splat(0), sh = i64x2.splat(0)
  for (let i = from; i < to; i += 4) {
    const n = to - i, p4 = <usize>i << 2
    const p = load4(probability + p4, n), t = v128.and(i32x4.eq(load4(y + p4, n), vk), one)
    let g = fixed(f32x4.mul(f32x4.sub(p, t), vg)), h = fixed(f32x4.mul(f32x4.mul(p, vh), f32x4.sub(one, p)))
    if (n < 4) { const used = firstLanes(n); g = v128.and(g, used); h = v128.and(h, used) }
    storePairs(gh + (<usize>i << 3), g, h, n)
    sg = widen(sg, i32x4.abs(g))
    sh = widen(sh, h)
  }
  storeSums(sums, sg, sh)
}

/** Adds a leaf's value to the raw scores of its rows: entries `from` … `to`−1 of `index`. */
export function addToRows(raw: usize, index: usize, from: i32, to: i32, value: f32): void {
  for (let q = index + (<usize>from << 2), e = index + (<usize>to << 2); q < e; q += 4) {
    const a = raw + (<usize>load<u32>(q) << 2)
    store<f32>(a, load<f32>(a) + value)
  }
}
