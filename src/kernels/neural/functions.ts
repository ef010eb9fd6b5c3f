// exp, tanh, sigmoid and erf of four floats at once, without tables. NaN stays NaN.
import { madd, term } from './lanes'

/** e^x to 2 units in the last place, subnormal results included: Cephes' expf, scaled in two steps so that no step overflows early. */
// @ts-ignore: decorator
@inline
export function exp4(given: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(given, f32x4.splat(88.8)), f32x4.splat(-104))
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)))
  const sum = f32x4.add(expLessOneNearZero(x, n), f32x4.splat(1))
  const whole = i32x4.relaxed_trunc_f32x4_s(n), half = i32x4.shr_s(whole, 1)
  return f32x4.mul(f32x4.mul(sum, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)))
}

/** e^x − 1 for x ≤ 0, to a few units in the last place also near zero. */
// @ts-ignore: decorator
@inline
export function expLessOne4(given: v128): v128 {
  const x = f32x4.pmax(given, f32x4.splat(-20)), one = f32x4.splat(1)
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504))), scale = powerOfTwo(i32x4.relaxed_trunc_f32x4_s(n))
  return madd(expLessOneNearZero(x, n), scale, f32x4.sub(scale, one))
}

/** e^r − 1 for r = x − n ln 2 in ±ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expLessOneNearZero(x: v128, n: v128): v128 {
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)))
  let sum = f32x4.splat(1.9875691500e-4)
  sum = term(sum, r, 1.3981999507e-3)
  sum = term(sum, r, 8.3334519073e-3)
  sum = term(sum, r, 4.1665795894e-2)
  sum = term(sum, r, 1.6666665459e-1)
  sum = term(sum, r, 5.0000001201e-1)
  return madd(sum, f32x4.mul(r, r), r)
}

// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23)
}

/** 1 / (1 + e^−x), to a few units in the last place. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))))
}

/** tanh x to a few units in the last place: the rational function of Eigen's ptanh_float, degrees 13 and 6. */
// @ts-ignore: decorator
@inline
export function tanh4(given: v128): v128 {
  const x = f32x4.pmax(f32x4.pmin(given, f32x4.splat(7.90531110763549805)), f32x4.splat(-7.90531110763549805))
  const s = f32x4.mul(x, x)
  let p = f32x4.splat(-2.76076847742355e-16)
  p = term(p, s, 2.00018790482477e-13)
  p = term(p, s, -8.60467152213735e-11)
  p = term(p, s, 5.12229709037114e-08)
  p = term(p, s, 1.48572235717979e-05)
  p = term(p, s, 6.37261928875436e-04)
  p = term(p, s, 4.89352455891786e-03)
  let q = f32x4.splat(1.19825839466702e-06)
  q = term(q, s, 1.18534705686654e-04)
  q = term(q, s, 2.26843463243900e-03)
  q = term(q, s, 4.89352518554385e-03)
  const tanh = f32x4.div(f32x4.mul(x, p), q)
  return v128.bitselect(x, tanh, f32x4.lt(f32x4.abs(x), f32x4.splat(4e-4))) // there tanh x is x to rounding
}

/** The error function to 2 units in the last place: x + x·P(x²) near zero, 1 − e^−Q(|x|) beyond (N. Juffa's coefficients). */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const t = f32x4.abs(x), s = f32x4.mul(x, x)
  let u = f32x4.splat(-1.72853470e-5)
  u = term(u, t, 3.83197126e-4)
  u = term(u, t, -3.88396438e-3)
  u = term(u, t, 2.42546219e-2)
  u = term(u, t, -1.06777877e-1)
  u = term(u, t, -6.34846687e-1)
  u = term(u, t, -1.28717512e-1)
  u = f32x4.sub(f32x4.mul(u, t), t)
  const beyond = v128.bitselect(x, f32x4.sub(f32x4.splat(1), exp4(u)), i32x4.splat(i32.MIN_VALUE)) // with the sign of x
  let v = f32x4.splat(-5.96761703e-4)
  v = term(v, s, 4.99119423e-3)
  v = term(v, s, -2.67681349e-2)
  v = term(v, s, 1.12819925e-1)
  v = term(v, s, -3.76125336e-1)
  v = term(v, s, 1.28379166e-1)
  return v128.bitselect(beyond, madd(v, x, x), f32x4.gt(t, f32x4.splat(0.927734375)))
}
