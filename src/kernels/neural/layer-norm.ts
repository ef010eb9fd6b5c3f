// Layer normalisation (Ba, Kiros and Hinton 2016) over the last axis: y = (x − mean) · inverse · γ + β per row, inverse = 1 / √(variance + ε), the variance that of the row (not of
// a sample). γ and β: `columns` f32 each, or 0 for ones and zeros.
import { loadFirst, madd, storeFirst } from './lanes'
import { addHigh, addLow, bothLanes, sumOf } from './sums'

/** Rows `from` … `to`−1; means and inverse deviations (one f32 per row each) serve the gradient. */
export function layerNorm(
  x: usize, from: i32, to: i32, columns: i32, gamma: usize, beta: usize, epsilon: f32, y: usize, means: usize, inverses: usize,
): void {
  const row = <usize>columns << 2
  for (let i = from; i < to; i++) {
    const start = <usize>i * row, mean = <f32>(sumOf(x + start, columns) / <f64>columns), m = f32x4.splat(mean)
    let low = f64x2.splat(0), high = low
    for (let left = columns, k: usize = start; left > 0; left -= 4, k += 16) {
      let d = f32x4.sub(loadFirst(x + k, left), m)
      if (left < 4) d = v128.and(d, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)))
      d = f32x4.mul(d, d)
      low = addLow(low, d)
      high = addHigh(high, d)
    }
    const squares = bothLanes(f64x2.add(low, high))
    const inverse = <f32>(1 / Math.sqrt(squares / <f64>columns + <f64>epsilon)), s = f32x4.splat(inverse)
    store<f32>(means + (<usize>i << 2), mean)
    store<f32>(inverses + (<usize>i << 2), inverse)
    for (let left = columns, k: usize = 0; left > 0; left -= 4, k += 16) {
      let out = f32x4.mul(f32x4.sub(loadFirst(x + start + k, left), m), s)
      if (gamma) out = f32x4.mul(out, loadFirst(gamma + k, left))
      if (beta) out = f32x4.add(out, loadFirst(beta + k, left))
      storeFirst(y + start + k, left, out)
    }
  }
}

/**
 * dx = inverse · (g − mean of g − x̂ · mean of g x̂) with g = dy · γ and x̂ the normalised row, for rows `from` … `to`−1; adds Σ dy · x̂ to `gammaGradient` and
 * Σ dy to `betaGradient` (`columns` f32 each, or 0). Threads need gradients of γ and β of their own; `addScaled` joins them.
 */
export function layerNormGradient(
  x: usize, dy: usize, from: i32, to: i32, columns: i32, gamma: usize, means: usize, inverses: usize, dx: usize, gammaGradient: usize, betaGradient: usize,
): void {
  const row = <usize>columns << 2
  for (let i = from; i < to; i++) {
    const start = <usize>i * row, m = f32x4.splat(load<f32>(means + (<usize>i << 2))), inverse = load<f32>(inverses + (<usize>i << 2)), s = f32x4.splat(inverse)
    let sum = f64x2.splat(0), product = sum
    for (let left = columns, k: usize = 0; left > 0; left -= 4, k += 16) {
      const d = loadFirst(dy + start + k, left), normal = f32x4.mul(f32x4.sub(loadFirst(x + start + k, left), m), s)
      const g = gamma ? f32x4.mul(d, loadFirst(gamma + k, left)) : d // lanes behind the row: d is 0 there
      const gn = f32x4.mul(g, normal)
      sum = addHigh(addLow(sum, g), g)
      product = addHigh(addLow(product, gn), gn)
      if (gammaGradient) storeFirst(gammaGradient + k, left, madd(d, normal, loadFirst(gammaGradient + k, left)))
      if (betaGradient) storeFirst(betaGradient + k, left, f32x4.add(d, loadFirst(betaGradient + k, left)))
    }
    const mean = f32x4.splat(<f32>(bothLanes(sum) / <f64>columns)), slope = f32x4.splat(<f32>(bothLanes(product) / <f64>columns))
    for (let left = columns, k: usize = 0; left > 0; left -= 4, k += 16) {
      const d = loadFirst(dy + start + k, left), normal = f32x4.mul(f32x4.sub(loadFirst(x + start + k, left), m), s)
      const g = gamma ? f32x4.mul(d, loadFirst(gamma + k, left)) : d
      storeFirst(dx + start + k, left, f32x4.mul(s, f32x4.sub(f32x4.sub(g, mean), f32x4.mul(normal, slope))))
    }
  }
}
