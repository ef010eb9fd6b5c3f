import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { quantise, safeScales, type Scales } from './fixed-point.ts'
import { gradientRunner, inverse, type Loss } from './loss.ts'

/** Slopes of a loss of numbers below and above the truth; absolute error: −1 and 1, quantile α: −α and 1 − α. */
export type Slopes = { readonly below: number; readonly above: number }

/** Loss with one slope on either side of the truth; its leaves must be refitted, because its second derivative is 0 and counted as 1. */
export function slopeLoss(pool: KernelPool, count: number, { below, above }: Slopes): Loss {
  const run = gradientRunner(pool)
  const hessian = Math.max(1, Math.min(2 ** 20, Math.floor(2 ** 31 / count)))
  let scales: Scales = { gradient: safeScales(count).gradient, hessian }
  return {
    outputs: 1,
    beginRound() {
      // nothing to prepare: a row's error needs only its own score
    },
    gradients(rows) {
      const { used, next } = quantise(scales, (s) =>
        run(rows, ({ from, to }, sums) => ({ kernel: 'slopeGradient', args: [rows.raw, rows.target, rows.gh, from, to, below, above, s.gradient, hessian, sums] })),
      )
      scales = { gradient: next.gradient, hessian }
      return inverse({ gradient: used.gradient, hessian })
    },
    mean: meanOf(pool, (raw, y) => (raw > y ? above * (raw - y) : below * (raw - y))),
  }
}

/** Tweedie deviance with log link; `power` 1 is Poisson's, 2 gamma's. The target's mean should be about 1. */
export function tweedieLoss(pool: KernelPool, count: number, power: number): Loss {
  const run = gradientRunner(pool)
  let scales = safeScales(count)
  return {
    outputs: 1,
    beginRound() {
      // nothing to prepare: a row's mean needs only its own score
    },
    gradients(rows) {
      const { used, next } = quantise(scales, (s) =>
        run(rows, ({ from, to }, sums) => ({ kernel: 'tweedieGradient', args: [rows.raw, rows.target, rows.gh, from, to, power, s.gradient, s.hessian, sums] })),
      )
      scales = next
      return inverse(used)
    },
    mean: meanOf(pool, (raw, y) => {
      if (power === 1) return Math.exp(raw) - y * raw
      if (power === 2) return raw + y * Math.exp(-raw)
      return Math.exp((2 - power) * raw) / (2 - power) - (y * Math.exp((1 - power) * raw)) / (1 - power)
    }),
  }
}

function meanOf(pool: KernelPool, loss: (raw: number, y: number) => number): Loss['mean'] {
  return ({ raw, target }, from, to) => {
    const scores = pool.arena.float32(raw + from * 4, to - from)
    const y = pool.arena.float32(target + from * 4, to - from)
    let sum = 0
    for (let i = 0; i < scores.length; i++) sum += loss(scores[i] as number, y[i] as number)
    return sum / scores.length
  }
}
