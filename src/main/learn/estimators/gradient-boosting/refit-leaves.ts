import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import type { LossRows } from './loss.ts'

/** Value of a leaf by its rows: entries `from` … `to`−1 of the index. */
export type LeafRefit = (from: number, to: number) => number

/** Leaves that take the quantile of what is left to explain, target less raw score, as scikit-learn does; 0.5 is the median. */
export function quantileRefit(pool: KernelPool, rows: LossRows, index: number, quantile: number): LeafRefit {
  const raw = pool.arena.float32(rows.raw, rows.count)
  const target = pool.arena.float32(rows.target, rows.count)
  return (from, to) => {
    const rest = Float32Array.from(pool.arena.int32(index + from * 4, to - from), (row) => (target[row] as number) - (raw[row] as number))
    return quantileOf(rest.sort(), quantile)
  }
}

/** Quantile of ascending numbers, linear between them; 0 of none. */
export function quantileOf(sorted: Float32Array | Float64Array, quantile: number): number {
  if (sorted.length === 0) return 0
  const at = (sorted.length - 1) * quantile
  const low = sorted[Math.floor(at)] as number
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] as number) - low)
}
