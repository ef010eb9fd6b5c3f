// How good a division of a node's rows is. Merit grows as impurity shrinks; it lacks only terms that are the same for all divisions.
//   numbers  (Σ left)²/n left + (Σ right)²/n right       variance (CART, Breiman et al. 1984)
//   Gini     Σ_k left_k²/left + Σ_k right_k²/right         rows weighted by class
//   entropy  Σ_k left_k·ln left_k − left·ln left, and the same on the right

/** x · ln x, 0 at 0; relative error of the logarithm below 1e-13. */
export function timesLog(x: f64): f64 {
  if (x <= 0) return 0
  const bits = reinterpret<u64>(x)
  let exponent = <i32>(bits >> 52) - 1023, m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000)
  if (m > 1.4142135623730951) { m *= 0.5; exponent++ }
  const s = (m - 1) / (m + 1), t = s * s
  let q = 1.0 / 15 + t * (1.0 / 17)
  q = 1.0 / 13 + t * q
  q = 1.0 / 11 + t * q
  q = 1.0 / 9 + t * q
  q = 1.0 / 7 + t * q
  q = 0.2 + t * q
  q = 1.0 / 3 + t * q
  q = 1 + t * q
  return x * (<f64>exponent * 0.6931471805599453 + 2 * s * q)
}

/** Merit of two classes on one side, by their weighted rows. */
// @ts-ignore: decorator
@inline
export function pairMerit(a: f64, b: f64, entropy: bool): f64 {
  return entropy ? timesLog(a) + timesLog(b) - timesLog(a + b) : (a * a + b * b) / (a + b)
}

/** Merit of numbers on one side. */
// @ts-ignore: decorator
@inline
export function numberMerit(sum: f64, count: f64): f64 { return sum * sum / count }
