/** ln Γ(x) for x > 0 (Lanczos approximation, g = 7; Numerical Recipes, third edition, 6.1). */
function logGamma(x: number): number {
  const coefficients = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7]
  const t = x + 6.5
  const sum = coefficients.reduce((total, coefficient, i) => total + coefficient / (x + i), 0.99999999999980993)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Continued fraction of the incomplete beta function (Numerical Recipes, third edition, 6.4; Lentz's method). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  const bounded = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / bounded(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / bounded(1 + even * d)
    c = bounded(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / bounded(1 + odd * d)
    c = bounded(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return fraction
}

/** Regularised incomplete beta function for x in 0 … 1 and a, b > 0. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

/** The t > 0 within which `share` (0 … 1) of Student's distribution with that many degrees of freedom (≥ 1) lies: 95 % of 4 degrees lie within ±2.776. */
export function studentHalfWidth(degrees: number, share: number): number {
  const inside = (t: number): number => 1 - incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t))
  let low = 0
  let high = 1
  while (inside(high) < share && high < 1e12) high *= 2
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (inside(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
