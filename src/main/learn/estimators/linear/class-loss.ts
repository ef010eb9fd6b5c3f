import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { cutRange } from '../../../wasm/ranges.ts'
import type { Loss } from './loss.ts'
import { addressOf, liesIn, placedNumbers } from './placed.ts'

/** Rows that the kernels sum up by themselves. */
const BLOCK = 1024
/** Rows × outputs below which one thread is faster than waking others. */
const FEWEST = 20_000

/** `Loss.total` by the kernels on all threads; the same bits on any number of them. Codes and scratch stay in the memory of `pool`. */
function totalOf(codes: Int32Array, outputs: number, pool: KernelPool): Loss['total'] {
  const { arena } = pool
  const rows = codes.length
  const placed = arena.int32(arena.allocate(rows * 4), rows)
  placed.set(codes)
  const [scoreSpace, residualSpace, weightSpace] = [placedNumbers(pool, outputs * rows), placedNumbers(pool, outputs * rows), placedNumbers(pool, rows)]
  const sums = placedNumbers(pool, Math.ceil(rows / BLOCK))
  const parts = cutRange(0, rows, rows * outputs < FEWEST ? 1 : pool.threads, BLOCK)
  return (scores, weights, residual) => {
    const [at, weightAt] = [addressOf(pool, scores, scoreSpace), addressOf(pool, weights, weightSpace)]
    const own = liesIn(pool, residual)
    const residualAt = own ? residual.byteOffset : residualSpace.byteOffset
    pool.together(
      parts.map(({ from, to }) =>
        outputs === 1
          ? { kernel: 'logisticLoss', args: [placed.byteOffset, at, weightAt, residualAt, from, to, sums.byteOffset] }
          : { kernel: 'softmaxLoss', args: [placed.byteOffset, outputs, rows, at, weightAt, residualAt, from, to, sums.byteOffset] },
      ),
    )
    if (!own) residual.set(residualSpace)
    return sums.reduce((sum, part) => sum + part, 0)
  }
}

/** log(1 + e^score) − y·score with y 0 or 1: logistic regression. */
export function logisticLoss(codes: Int32Array, pool: KernelPool): Loss {
  let positives = 0
  for (const code of codes) positives += code
  const share = Math.min(Math.max(positives / codes.length, 1e-6), 1 - 1e-6)
  return {
    outputs: 1,
    curvature: share * (1 - share),
    start: Float64Array.of(Math.log(share / (1 - share))),
    total: totalOf(codes, 1, pool),
    curvatures(scores, weights, _output, out) {
      for (let i = 0; i < codes.length; i++) {
        const e = Math.exp(-Math.abs(scores[i] as number))
        out[i] = ((weights[i] as number) * e) / (1 + e) ** 2
      }
    },
    curve(scores, weights, move, out) {
      this.curvatures(scores, weights, 0, out)
      for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * (move[i] as number)
    },
  }
}

/** log Σ_k e^score_k − score_y: multinomial logistic regression. Every class has at least one row. */
export function softmaxLoss(codes: Int32Array, classes: number, pool: KernelPool): Loss {
  const n = codes.length
  const shares = new Float64Array(classes)
  for (const code of codes) shares[code] = (shares[code] as number) + 1 / n
  return {
    outputs: classes,
    curvature: shares.reduce((sum, share) => sum + share * (1 - share), 0) / classes,
    start: shares.map((share) => Math.log(Math.max(share, 1e-6))),
    total: totalOf(codes, classes, pool),
    curvatures(scores, weights, output, out) {
      for (let i = 0; i < n; i++) {
        const own = scores[output * n + i] as number
        let others = 0 // Σ e^(score_k − own) over the other classes; infinite: p is 0
        for (let k = 0; k < classes; k++) if (k !== output) others += Math.exp((scores[k * n + i] as number) - own)
        out[i] = others === Infinity ? 0 : ((weights[i] as number) * others) / (1 + others) / (1 + others)
      }
    },
    curve(scores, weights, move, out) {
      for (let i = 0; i < n; i++) {
        let top = -Infinity
        for (let k = 0; k < classes; k++) top = Math.max(top, scores[k * n + i] as number)
        let norm = 0
        let mean = 0
        for (let k = 0; k < classes; k++) {
          const e = Math.exp((scores[k * n + i] as number) - top)
          out[k * n + i] = e
          norm += e
          mean += e * (move[k * n + i] as number)
        }
        mean /= norm
        for (let k = 0; k < classes; k++) out[k * n + i] = ((weights[i] as number) * (out[k * n + i] as number) * ((move[k * n + i] as number) - mean)) / norm
      }
    },
  }
}
