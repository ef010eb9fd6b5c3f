import type { Matrix } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import { allocateColumns, binMatrix, type BinColumns } from '../trees/bin-columns.ts'
import type { ColumnBins } from '../trees/column-bins.ts'

/** Binned training rows in the kernels' memory, twice: by column for partitions and scores, by row for histograms. */
export type TrainingRows = {
  readonly count: number
  readonly features: number
  readonly columns: BinColumns
  readonly rows: number
  readonly bundles: number
  /** Bytes from one bundle of 16 features to the next. */
  readonly bundleStride: number
}

/** Space for binned rows of this shape; their content is undefined. */
export function allocateRows(pool: KernelPool, count: number, features: number): TrainingRows {
  const bundles = Math.ceil(features / 16)
  const bundleStride = count * 16
  return {
    count,
    features,
    columns: allocateColumns(pool, count, features),
    rows: pool.arena.allocate(bundleStride * bundles),
    bundles,
    bundleStride,
  }
}

/** Bins a matrix, its rows taken in `order` where one is given. */
export function binRows(pool: KernelPool, matrix: Matrix, bins: readonly ColumnBins[], order: Int32Array | undefined, throwIfAborted: () => void): TrainingRows {
  const binned = allocateRows(pool, matrix.rows, matrix.columns.length)
  binMatrix(pool, matrix, bins, binned.columns, order, throwIfAborted)
  interleaveRows(pool, binned)
  return binned
}

function interleaveRows(pool: KernelPool, binned: TrainingRows): void {
  const { columns, features, count, rows, bundleStride } = binned
  runOverRange(pool, { from: 0, to: count, least: 4000, multiple: 64 }, ({ from, to }) => ({
    kernel: 'interleave',
    args: [columns.address, columns.stride, features, from, to, rows, bundleStride],
  }))
}

/** Copies rows 0 … `count`−1 of `source` in the order of `index` to `target`, which has the same shape. */
export function reorderRows(pool: KernelPool, source: TrainingRows, target: TrainingRows, index: number, count: number): void {
  for (let f = 0; f < source.features; f++) {
    const offset = f * source.columns.stride
    overRows(pool, count, 'gatherBytes', target.columns.address + offset, source.columns.address + offset, index)
  }
  for (let j = 0; j < source.bundles; j++) {
    const offset = j * source.bundleStride
    overRows(pool, count, 'gatherRows', target.rows + offset, source.rows + offset, index)
  }
}

/** Runs a gathering kernel over `count` rows on all threads. */
export function overRows(
  pool: KernelPool,
  count: number,
  kernel: 'gatherBytes' | 'gatherWords' | 'gatherRows',
  target: number,
  source: number,
  index: number,
): void {
  runOverRange(pool, { from: 0, to: count, least: 4000, multiple: 64 }, ({ from, to }) => ({ kernel, args: [target, source, index, from, to] }))
}
