import type { KernelCall, KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import type { GrowingSpace } from './growing-space.ts'
import type { TrainingRows } from './training-rows.ts'

/** How a node's rows are divided. */
export type Division = {
  readonly feature: number
  readonly bin: number
  readonly missingRight: boolean
  readonly goesLeft: Uint8Array | undefined
}

const LEAST = 8000

/**
 * Divides index entries `from` … `to`−1 in place, left before right, both in their old order; returns how many go left.
 * Every thread divides its part: the left rows stay in the index, the right rows wait beside it until all left rows have moved together.
 */
export function partitionRows(pool: KernelPool, data: TrainingRows, space: GrowingSpace, node: { readonly from: number; readonly to: number }, by: Division): number {
  const column = data.columns.address + by.feature * data.columns.stride
  if (by.goesLeft !== undefined) spread(by.goesLeft, pool.arena.bytes(space.goesLeft, 256))
  const beside = (from: number, lane: number): number => space.right + (from - node.from) * 4 + lane * 64
  const parts = runOverRange(pool, { ...node, least: LEAST, multiple: 4 }, ({ from, to, lane }): KernelCall => {
    if (by.goesLeft !== undefined) return { kernel: 'partitionSet', args: [space.index, from, to, column, space.goesLeft, beside(from, lane)] }
    return { kernel: 'partition', args: [space.index, from, to, column, by.bin, by.missingRight ? 1 : 0, beside(from, lane)] }
  })
  let end = node.from
  for (const { from, result } of parts) {
    if (from !== end && result > 0) pool.call('move', space.index + end * 4, space.index + from * 4, result * 4)
    end += result
  }
  const leftCount = end - node.from
  pool.together(
    parts.map(({ from, to, lane, result }): KernelCall => {
      const target = end
      end += to - from - result
      return { kernel: 'move', args: [space.index + target * 4, beside(from, lane), (to - from - result) * 4] }
    }),
  )
  return leftCount
}

function spread(bits: Uint8Array, bytes: Uint8Array): void {
  for (let bin = 0; bin < 256; bin++) bytes[bin] = ((bits[bin >> 3] as number) >> (bin & 7)) & 1
}
