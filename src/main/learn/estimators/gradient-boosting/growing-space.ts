import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { binCount, type ColumnBins } from '../trees/column-bins.ts'
import type { BoostingParams } from './params.ts'

/** Bytes of a bundle's histogram: 16 features × 256 cells of one i64. */
export const BUNDLE_BYTES = 32_768

/** Flags of kernel `findSplit`, beside the number of bins. */
const CATEGORICAL = 0x1_0000
const HAS_MISSING = 0x2_0000
const LEFT_OUT = 0x4_0000

/** Memory that growing a tree needs, allocated once per fit. */
export type GrowingSpace = {
  /** u32 row numbers, grouped by node. */
  readonly index: number
  /** Right-hand rows of a partition, per thread. */
  readonly right: number
  /** Histograms, one slot per leaf. */
  readonly slots: number
  readonly slotBytes: number
  /** Cells per feature that may hold rows: the most bins of a column, rounded up to a multiple of 4. Those behind stay zero. */
  readonly usedCells: number
  /** Histograms of the other threads' rows, before they are added up. */
  readonly partial: number
  readonly describe: number
  /** One f64 result of `findSplit` per call, 128 bytes apart. */
  readonly results: number
  /** 4,096 bytes per thread. */
  readonly scratch: number
  /** 256 bytes: which bins go left. */
  readonly goesLeft: number
}

/** Allocates the space for trees over `rows` rows. */
export function allocateGrowingSpace(pool: KernelPool, rows: number, columns: readonly ColumnBins[], params: BoostingParams): GrowingSpace {
  const { arena, threads } = pool
  const slotBytes = Math.ceil(columns.length / 16) * BUNDLE_BYTES
  const histograms = (count: number): number => {
    const address = arena.allocate(slotBytes * count)
    arena.bytes(address, slotBytes * count).fill(0)
    return address
  }
  return {
    index: arena.allocate(rows * 4 + 16),
    right: arena.allocate(rows * 4 + threads * 64),
    slots: histograms(Math.min(params.maxLeaves, Math.max(1, rows))),
    slotBytes,
    usedCells: Math.ceil(Math.max(1, ...columns.map(binCount)) / 4) * 4,
    partial: histograms(threads - 1),
    describe: arena.allocate(columns.length * 4),
    results: arena.allocate(Math.max(2, threads) * 128),
    scratch: arena.allocate(threads * 4096),
    goesLeft: arena.allocate(256),
  }
}

/** Tells `findSplit` about the columns; `used` leaves the others out of this tree. */
export function describeColumns(pool: KernelPool, space: GrowingSpace, columns: readonly ColumnBins[], used: ReadonlySet<number> | undefined): void {
  pool.arena
    .int32(space.describe, columns.length)
    .set(
      columns.map(
        (column, f) =>
          binCount(column) |
          (column.kind === 'categorical' ? CATEGORICAL : 0) |
          (column.hasMissing ? HAS_MISSING : 0) |
          (used === undefined || used.has(f) ? 0 : LEFT_OUT),
      ),
    )
}
