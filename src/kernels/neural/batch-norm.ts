// Batch normalisation (Ioffe and Szegedy 2015) over the last axis: y = (x − mean_j) · inverse_j · γ_j + β_j with inverse = 1 / √(variance + ε), moments over all `rows` rows (batch,
// and height and width of images). γ and β may be 0: ones and zeros. All vectors are `columns` f32.
import { loadFirst, madd, storeFirst } from './lanes'
import { addHigh, addLow, columnSums, narrowed } from './sums'

const RUN: i32 = 64 // rows that are added in float32

/** Mean and variance (Σ (x − mean)² / rows) of columns `from` … `to`−1. */
export function batchMoments(x: usize, rows: i32, columns: i32, from: i32, to: i32, means: usize, variances: usize): void {
  const row = <usize>columns << 2, share = f32x4.splat(1 / <f32>rows)
  columnSums(x, rows, columns, from, to, 0, means)
  for (let j = from; j < to; j += 4) {
    const at = <usize>j << 2, count = min(4, to - j)
    storeFirst(means + at, count, f32x4.div(loadFirst(means + at, count), f32x4.splat(<f32>rows)))
  }
  let j = from
  for (; j + 8 <= to; j += 8) {
    const at = <usize>j << 2, m = v128.load(means + at), n = v128.load(means + at, 16), none = f64x2.splat(0)
    let t0 = none, t1 = none, t2 = none, t3 = none
    for (let i = 0, p = x + at; i < rows; ) {
      let a = f32x4.splat(0), b = a
      for (let end = min(rows, i + RUN); i < end; i++, p += row) {
        const u = f32x4.sub(v128.load(p), m), v = f32x4.sub(v128.load(p, 16), n)
        a = madd(u, u, a)
        b = madd(v, v, b)
      }
      t0 = addLow(t0, a)
      t1 = addHigh(t1, a)
      t2 = addLow(t2, b)
      t3 = addHigh(t3, b)
    }
    v128.store(variances + at, f32x4.mul(narrowed(t0, t1), share))
    v128.store(variances + at, f32x4.mul(narrowed(t2, t3), share), 16)
  }
  for (; j < to; j += 4) {
    const at = <usize>j << 2, count = min(4, to - j), m = loadFirst(means + at, count)
    let low = f64x2.splat(0), high = low
    for (let i = 0, p = x + at; i < rows; ) {
      let run = f32x4.splat(0)
      for (let end = min(rows, i + RUN); i < end; i++, p += row) {
        const u = f32x4.sub(loadFirst(p, count), m)
        run = madd(u, u, run)
      }
      low = addLow(low, run)
      high = addHigh(high, run)
    }
    storeFirst(variances + at, count, f32x4.mul(narrowed(low, high), share))
  }
}

/** out_j = 1 / √(variance_j + ε) for columns `from` … `to`−1. */
export function inverseDeviations(variances: usize, epsilon: f32, from: i32, to: i32, out: usize): void {
  for (let j = from; j < to; j++) store<f32>(out + (<usize>j << 2), <f32>(1 / Math.sqrt(<f64>load<f32>(variances + (<usize>j << 2)) + <f64>epsilon)))
}

/** y for rows `from` … `to`−1; y may be x. */
export function batchNorm(x: usize, from: i32, to: i32, columns: i32, means: usize, inverses: usize, gamma: usize, beta: usize, y: usize): void {
  const row = <usize>columns << 2
  for (let i = from; i < to; i++) {
    const start = <usize>i * row
    for (let left = columns, k: usize = 0; left > 0; left -= 4, k += 16) {
      let out = f32x4.mul(f32x4.sub(loadFirst(x + start + k, left), loadFirst(means + k, left)), loadFirst(inverses + k, left))
      if (gamma) out = f32x4.mul(out, loadFirst(gamma + k, left))
      if (beta) out = f32x4.add(out, loadFirst(beta + k, left))
      storeFirst(y + start + k, left, out)
    }
  }
}

/** Gradients of γ and β, Σ dy · x̂ and Σ dy over all rows, of columns `from` … `to`−1. */
export function batchNormSums(
  x: usize, dy: usize, rows: i32, columns: i32, from: i32, to: i32, means: usize, inverses: usize, gammaGradient: usize, betaGradient: usize,
): void {
  const row = <usize>columns << 2
  columnSums(dy, rows, columns, from, to, 0, betaGradient)
  for (let j = from; j < to; j += 4) {
    const at = <usize>j << 2, count = min(4, to - j), m = loadFirst(means + at, count)
    let low = f64x2.splat(0), high = low
    for (let i = 0, p = at; i < rows; ) {
      let run = f32x4.splat(0)
      for (let end = min(rows, i + RUN); i < end; i++, p += row) run = madd(f32x4.sub(loadFirst(x + p, count), m), loadFirst(dy + p, count), run)
      low = addLow(low, run)
      high = addHigh(high, run)
    }
    storeFirst(gammaGradient + at, count, f32x4.mul(narrowed(low, high), loadFirst(inverses + at, count)))
  }
}

/** dx = γ · inverse · (dy − Σ dy / rows − x̂ · Σ dy x̂ / rows) for rows `from` … `to`−1 of `rows`, with the sums of `batchNormSums`; dx may be dy. */
export function batchNormGradient(
  x: usize, dy: usize, rows: i32, columns: i32, from: i32, to: i32, means: usize, inverses: usize, gamma: usize, gammaGradient: usize, betaGradient: usize, dx: usize,
): void {
  const row = <usize>columns << 2, share = f32x4.splat(1 / <f32>rows)
  for (let i = from; i < to; i++) {
    const start = <usize>i * row
    for (let left = columns, k: usize = 0; left > 0; left -= 4, k += 16) {
      const inverse = loadFirst(inverses + k, left), normal = f32x4.mul(f32x4.sub(loadFirst(x + start + k, left), loadFirst(means + k, left)), inverse)
      const pull = f32x4.mul(share, madd(normal, loadFirst(gammaGradient + k, left), loadFirst(betaGradient + k, left)))
      const out = f32x4.mul(inverse, f32x4.sub(loadFirst(dy + start + k, left), pull))
      storeFirst(dx + start + k, left, gamma ? f32x4.mul(out, loadFirst(gamma + k, left)) : out)
    }
  }
}
