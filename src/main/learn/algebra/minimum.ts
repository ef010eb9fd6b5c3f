/** Golden section: (3 − √5) / 2. */
const GOLDEN = 0.3819660112501051

/**
 * Where a function of one variable is least between `low` and `high`: Brent, Algorithms for Minimization without Derivatives (1973),
 * chapter 5. A function with several dips gives one of them.
 */
export function minimumBetween(f: (x: number) => number, low: number, high: number, tolerance = 1e-10): number {
  let [a, b] = [low, high]
  let x = a + GOLDEN * (b - a)
  let [w, v] = [x, x]
  let fx = f(x)
  let [fw, fv] = [fx, fx]
  let [step, before] = [0, 0]
  for (let round = 0; round < 200; round++) {
    const middle = (a + b) / 2
    const near = 1e-11 * Math.abs(x) + tolerance
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break
    let [p, q] = [0, 0]
    if (Math.abs(before) > near) {
      const r = (x - w) * (fx - fv)
      q = (x - v) * (fx - fw)
      p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      else q = -q
    }
    // A parabola through three points, unless it leads outside or does not shorten the steps.
    if (q !== 0 && Math.abs(p) < Math.abs((q * before) / 2) && p > q * (a - x) && p < q * (b - x)) {
      before = step
      step = p / q
      if (x + step - a < 2 * near || b - x - step < 2 * near) step = x < middle ? near : -near
    } else {
      before = x < middle ? b - x : a - x
      step = GOLDEN * before
    }
    const u = x + (Math.abs(step) >= near ? step : step > 0 ? near : -near)
    const fu = f(u)
    if (fu <= fx) {
      if (u < x) b = x
      else a = x
      ;[v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu]
    } else {
      if (u < x) a = u
      else b = u
      if (fu <= fw || w === x) [v, fv, w, fw] = [w, fw, u, fu]
      else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu]
    }
  }
  return x
}
