// exp and log of two float64 numbers at once, without tables and fused multiply-adds: every machine gives the same bits.

/** 1.5 · 2^52: added to a small number it leaves the nearest integer in the low bits. */
const MAGIC: f64 = 6755399441055744
const LN2_HIGH: f64 = 6.93147180369123816490e-01
const LN2_LOW: f64 = 1.90821492927058770002e-10

/** e^x for x ≤ 0, to about 1 unit in the last place; below −708 it is e^−708. Taylor's series on ±ln 2 / 2, scaled by a power of two. */
// @ts-ignore: decorator
@inline
export function expOfNegative(given: v128): v128 {
  const x = f64x2.pmax(given, f64x2.splat(-708))
  const t = f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), f64x2.splat(MAGIC))
  const n = f64x2.sub(t, f64x2.splat(MAGIC))
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(LN2_HIGH))), f64x2.mul(n, f64x2.splat(LN2_LOW)))
  let sum = f64x2.splat(1 / <f64>6227020800)
  sum = term(sum, r, 1 / <f64>479001600)
  sum = term(sum, r, 1 / <f64>39916800)
  sum = term(sum, r, 1 / <f64>3628800)
  sum = term(sum, r, 1 / <f64>362880)
  sum = term(sum, r, 1 / <f64>40320)
  sum = term(sum, r, 1 / <f64>5040)
  sum = term(sum, r, 1 / <f64>720)
  sum = term(sum, r, 1 / <f64>120)
  sum = term(sum, r, 1 / <f64>24)
  sum = term(sum, r, 1 / <f64>6)
  sum = term(sum, r, 0.5)
  sum = term(sum, r, 1)
  sum = term(sum, r, 1)
  return f64x2.mul(sum, i64x2.shl(i64x2.add(t, i64x2.splat(1023)), 52))
}

/** log x for x ≥ 1, to less than 1 unit in the last place: fdlibm's e_log.c. NaN where x is not finite. */
// @ts-ignore: decorator
@inline
export function logOfLarge(x: v128): v128 {
  const fraction = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), f64x2.splat(1))
  const high = f64x2.gt(fraction, f64x2.splat(1.4142135623730951))
  const f = f64x2.sub(v128.bitselect(f64x2.mul(fraction, f64x2.splat(0.5)), fraction, high), f64x2.splat(1))
  const exponent = i64x2.sub(i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023)), high) // true is −1
  const k = f64x2.sub(i64x2.add(exponent, f64x2.splat(MAGIC)), f64x2.splat(MAGIC))
  const s = f64x2.div(f, f64x2.add(f, f64x2.splat(2))), z = f64x2.mul(s, s)
  let sum = f64x2.splat(1.479819860511658591e-01)
  sum = term(sum, z, 1.531383769920937332e-01)
  sum = term(sum, z, 1.818357216161805012e-01)
  sum = term(sum, z, 2.222219843214978396e-01)
  sum = term(sum, z, 2.857142874366239149e-01)
  sum = term(sum, z, 3.999999999940941908e-01)
  sum = term(sum, z, 6.666666666666735130e-01)
  const half = f64x2.mul(f64x2.splat(0.5), f64x2.mul(f, f))
  const rest = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(z, sum))), f64x2.mul(k, f64x2.splat(LN2_LOW)))
  const log = f64x2.sub(f64x2.mul(k, f64x2.splat(LN2_HIGH)), f64x2.sub(f64x2.sub(half, rest), f))
  return f64x2.add(log, f64x2.sub(x, x)) // bits alone would take NaN for a number
}

// @ts-ignore: decorator
@inline
function term(sum: v128, x: v128, next: f64): v128 {
  return f64x2.add(f64x2.mul(sum, x), f64x2.splat(next))
}
