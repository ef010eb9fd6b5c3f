import type { KernelCall, KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange, type Part } from '../../../wasm/ranges.ts'
import { quantise, safeScales, type FixedSums, type Scales } from './fixed-point.ts'

/** Where a loss keeps its per-row numbers, in the kernels' memory. */
export type LossRows = {
  /** Rows that gradients are computed for: 0 … count−1. */
  readonly count: number
  /** f32 raw scores, output after output, `stride` bytes apart. */
  readonly raw: number
  readonly stride: number
  /** f32 target (binary 0 or 1, regression standardised) or i32 class per row. */
  readonly target: number
  /** i64 gradient and hessian per row. */
  readonly gh: number
}

/** Units that turn the kernels' integers into gradients and hessians. */
export type Units = { readonly gradient: number; readonly hessian: number }

/** A loss function: what the trees descend. */
export type Loss = {
  /** Trees per round. */
  readonly outputs: number
  /** Called once per round, before `gradients`. */
  beginRound(rows: LossRows): void
  /** Fills `rows.gh` for one output; returns the units of its integers. */
  gradients(rows: LossRows, output: number): Units
  /** Mean loss of rows `from` … `to`−1 by their raw scores. */
  mean(rows: LossRows, from: number, to: number): number
}

const LEAST = 4000

/** Runs a kernel that fills `rows.gh` and writes two i64 sums at `sums`. */
export type Runner = (rows: LossRows, call: (part: Part, sums: number) => KernelCall) => FixedSums

/** Runs a gradient kernel on all threads and adds up its fixed-point sums. */
export function gradientRunner(pool: KernelPool): Runner {
  const address = pool.arena.allocate(pool.threads * 64)
  return (rows, call) => {
    const parts = runOverRange(pool, { from: 0, to: rows.count, least: LEAST, multiple: 4 }, (part) => call(part, address + part.lane * 64))
    const sums = parts.map(({ lane }) => pool.arena.int64(address + lane * 64, 2))
    const total = (k: 0 | 1): number => sums.reduce((sum, pair) => sum + Number(pair[k]), 0)
    return { gradient: total(0), hessian: total(1) }
  }
}

/** The same with the gradients of every row multiplied by the weight of its class; `whole`: 1 where the target is i32 classes. */
function weightedRunner(pool: KernelPool, weights: Float64Array, whole: 0 | 1): Runner {
  const run = gradientRunner(pool)
  const table = pool.arena.allocate(weights.length * 8)
  pool.arena.float64(table, weights.length).set(weights)
  return (rows, call) => {
    run(rows, call)
    return run(rows, ({ from, to }, sums) => ({ kernel: 'weighGradients', args: [rows.gh, rows.target, whole, table, from, to, sums] }))
  }
}

/** Units of fixed-point scales, as the kernels round them. */
export function inverse(scales: Scales): Units {
  return { gradient: 1 / Math.fround(scales.gradient), hessian: 1 / Math.fround(scales.hessian) }
}

/** Binary log loss. */
export function logisticLoss(pool: KernelPool, count: number, weights?: Float64Array): Loss {
  const run = weights === undefined ? gradientRunner(pool) : weightedRunner(pool, weights, 0)
  let scales = safeScales(count)
  return {
    outputs: 1,
    beginRound() {
      // nothing to prepare: a row's probability needs only its own score
    },
    gradients(rows) {
      const { used, next } = quantise(scales, (s) =>
        run(rows, ({ from, to }, sums) => ({ kernel: 'logisticGradient', args: [rows.raw, rows.target, rows.gh, from, to, s.gradient, s.hessian, sums] })),
      )
      scales = next
      return inverse(used)
    },
    mean({ raw, target }, from, to) {
      const scores = pool.arena.float32(raw + from * 4, to - from)
      const y = pool.arena.float32(target + from * 4, to - from)
      let sum = 0
      let all = 0
      for (let i = 0; i < scores.length; i++) {
        const weight = weights?.[y[i] as number] ?? 1
        const z = (y[i] as number) > 0 ? -(scores[i] as number) : (scores[i] as number)
        sum += weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))))
        all += weight
      }
      return sum / all
    },
  }
}

/** Squared error on a standardised target; `largest` bounds the mean |score − target| before the first round. */
export function squaredLoss(pool: KernelPool, count: number, largest: number): Loss {
  const run = gradientRunner(pool)
  const hessian = Math.max(1, Math.min(2 ** 20, Math.floor(2 ** 31 / count)))
  let scales: Scales = { gradient: safeScales(count).gradient / Math.max(largest, 1e-20), hessian }
  return {
    outputs: 1,
    beginRound() {
      // nothing to prepare: a row's error needs only its own score
    },
    gradients(rows) {
      const { used, next } = quantise(scales, (s) =>
        run(rows, ({ from, to }, sums) => ({ kernel: 'squaredGradient', args: [rows.raw, rows.target, rows.gh, from, to, s.gradient, hessian, sums] })),
      )
      scales = { gradient: next.gradient, hessian }
      return inverse({ gradient: used.gradient, hessian })
    },
    mean({ raw, target }, from, to) {
      const scores = pool.arena.float32(raw + from * 4, to - from)
      const y = pool.arena.float32(target + from * 4, to - from)
      let sum = 0
      for (let i = 0; i < scores.length; i++) sum += ((scores[i] as number) - (y[i] as number)) ** 2
      return sum / scores.length
    },
  }
}

/** Multiclass log loss: one tree per class and round. */
export function softmaxLoss(pool: KernelPool, count: number, classes: number, weights?: Float64Array): Loss {
  const run = weights === undefined ? gradientRunner(pool) : weightedRunner(pool, weights, 1)
  const stride = Math.ceil(count / 16) * 64
  const probability = pool.arena.allocate(stride * classes)
  const scales = Array.from({ length: classes }, () => safeScales(count))
  return {
    outputs: classes,
    beginRound(rows) {
      runOverRange(pool, { from: 0, to: rows.count, least: LEAST, multiple: 4 }, ({ from, to }) => ({
        kernel: 'softmax',
        args: [rows.raw, rows.stride, probability, stride, classes, from, to],
      }))
    },
    gradients(rows, output) {
      const { used, next } = quantise(scales[output] ?? safeScales(count), (s) =>
        run(rows, ({ from, to }, sums) => ({
          kernel: 'classGradient',
          args: [probability + output * stride, rows.target, output, rows.gh, from, to, s.gradient, s.hessian, sums],
        })),
      )
      scales[output] = next
      return inverse(used)
    },
    mean({ raw, stride: rawStride, target }, from, to) {
      const y = pool.arena.int32(target + from * 4, to - from)
      const scores = Array.from({ length: classes }, (_output, k) => pool.arena.float32(raw + k * rawStride + from * 4, to - from))
      let sum = 0
      let all = 0
      for (let i = 0; i < y.length; i++) {
        const weight = weights?.[y[i] as number] ?? 1
        let top = -Infinity
        for (const s of scores) top = Math.max(top, s[i] as number)
        let total = 0
        for (const s of scores) total += Math.exp((s[i] as number) - top)
        sum += weight * (Math.log(total) + top - ((scores[y[i] as number] as Float32Array)[i] as number))
        all += weight
      }
      return sum / all
    },
  }
}
