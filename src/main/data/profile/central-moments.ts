/** Mean and sums of the powers 2, 3 and 4 of the deviations from it. */
export type CentralMoments = { readonly n: number; readonly mean: number; readonly m2: number; readonly m3: number; readonly m4: number }

/** Of no values. */
export const NO_MOMENTS: CentralMoments = { n: 0, mean: 0, m2: 0, m3: 0, m4: 0 }

/** Mean and central sums of the first `length` values. */
export function momentsOf(values: Float64Array, length: number): CentralMoments {
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[i] as number
  let mean = sum / length
  if (!Number.isFinite(sum)) {
    mean = 0 // the sum of huge numbers overflows, their mean does not
    for (let i = 0; i < length; i++) mean += (values[i] as number) / length
  }
  let [m2, m3, m4] = [0, 0, 0]
  for (let i = 0; i < length; i++) {
    const d = (values[i] as number) - mean
    const square = d * d
    m2 += square
    m3 += square * d
    m4 += square * square
  }
  return { n: length, mean, m2, m3, m4 }
}

/**
 * Moments of two sets together (Pébay 2008, "Formulas for robust, one-pass parallel computation of covariances and
 * arbitrary-order statistical moments"): exact where sums of powers would cancel.
 */
export function mergeMoments(a: CentralMoments, b: CentralMoments): CentralMoments {
  if (a.n === 0) return b
  const n = a.n + b.n
  const delta = b.mean - a.mean
  const step = delta / n
  return {
    n,
    mean: a.mean + step * b.n,
    m2: a.m2 + b.m2 + delta * step * a.n * b.n,
    m3: a.m3 + b.m3 + delta * step ** 2 * a.n * b.n * (a.n - b.n) + 3 * step * (a.n * b.m2 - b.n * a.m2),
    m4:
      a.m4 + b.m4 + delta * step ** 3 * a.n * b.n * (a.n * a.n - a.n * b.n + b.n * b.n) +
      6 * step ** 2 * (a.n * a.n * b.m2 + b.n * b.n * a.m2) + 4 * step * (a.n * b.m3 - b.n * a.m3),
  }
}
