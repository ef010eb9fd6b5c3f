import type { KernelCall, KernelPool } from '../../../wasm/kernel-pool.ts'
import { cutRange } from '../../../wasm/ranges.ts'
import { BUNDLE_BYTES, type GrowingSpace } from './growing-space.ts'
import type { TrainingRows } from './training-rows.ts'

const FEATURES = 16 // per bundle
const LEAST = 4000 // rows × bundles below which threads cost more than they bring

/**
 * Histograms of index entries `from` … `to`−1 (`index` 0: of rows), at `out`. Threads take whole bundles where there are enough,
 * and share the rows of the others; integer sums make both the same.
 */
export function buildHistogram(
  pool: KernelPool,
  data: TrainingRows,
  space: GrowingSpace,
  gh: number,
  node: { readonly index: number; readonly from: number; readonly to: number },
  out: number,
): void {
  const call = (first: number, last: number, from: number, to: number, target: number, lane: number): KernelCall => ({
    kernel: 'histogram',
    args: [data.rows, data.bundleStride, first, last, data.features, node.index, from, to, gh, target, space.scratch + lane * 4096, space.usedCells],
  })
  const { threads } = pool
  const { bundles } = data
  if (threads === 1 || (node.to - node.from) * bundles < LEAST) {
    pool.together([call(0, bundles, node.from, node.to, out, 0)])
    return
  }
  const whole = bundles - (bundles % threads)
  const share = whole / threads
  if (whole > 0) {
    pool.together(
      Array.from({ length: threads }, (_call, lane) => call(lane * share, (lane + 1) * share, node.from, node.to, out + lane * share * BUNDLE_BYTES, lane)),
    )
  }
  const rest = bundles - whole
  if (rest === 0) return
  const target = (lane: number): number => (lane === 0 ? out + whole * BUNDLE_BYTES : space.partial + (lane - 1) * rest * BUNDLE_BYTES)
  const parts = cutRange(node.from, node.to, threads)
  pool.together(parts.map(({ from, to, lane }) => call(whole, bundles, from, to, target(lane), lane)))
  for (const { lane } of parts.slice(1)) pool.call('addCells', target(0), target(lane), rest * FEATURES, space.usedCells)
}

/** Sum of some cells of a histogram, in fixed point: exact. */
export type FixedSum = { readonly gradient: number; readonly hessian: number }

/** Sum of the cells of one feature in the bins that `counts` accepts; `histogram` is the slot's address, `used` the cells that may hold rows. */
export function sumCells(pool: KernelPool, histogram: number, feature: number, used: number, counts: (bin: number) => boolean): FixedSum {
  const words = pool.arena.int32(histogram + feature * 2048, used * 2)
  let gradient = 0
  let hessian = 0
  for (let bin = 0; bin < used; bin++) {
    if (!counts(bin)) continue
    hessian += (words[bin * 2] as number) >>> 0
    gradient += words[bin * 2 + 1] as number
  }
  return { gradient, hessian }
}
