import type { Matrix } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { binChunk, openBinDesk, type ColumnBins } from './column-bins.ts'

const CHUNK = 16_384

/** Bins column after column, `stride` bytes apart, readable up to 63 bytes beyond the last row. */
export type BinColumns = { readonly address: number; readonly stride: number }

/** Bytes between columns of `rows` bytes: an odd number of cache lines, so that columns do not meet in one cache set, and room for kernel `score`. */
export function columnStride(rows: number): number {
  const lines = Math.ceil(rows / 64) + 1
  return (lines | 1) * 64
}

/** Space for binned columns; their content is undefined. */
export function allocateColumns(pool: KernelPool, rows: number, columns: number): BinColumns {
  const stride = columnStride(rows)
  return { address: pool.arena.allocate(stride * columns + 64), stride }
}

/** Bins a matrix into `columns`, its rows taken in `order` where one is given. */
export function binMatrix(
  pool: KernelPool,
  matrix: Matrix,
  bins: readonly ColumnBins[],
  columns: BinColumns,
  order: Int32Array | undefined,
  throwIfAborted: () => void,
): void {
  const start = pool.arena.mark()
  const desk = openBinDesk(pool, bins, CHUNK)
  for (let from = 0; from < matrix.rows; from += CHUNK) {
    throwIfAborted()
    const rows = { from, to: Math.min(from + CHUNK, matrix.rows), ...(order === undefined ? {} : { order }) }
    binChunk(pool, desk, matrix, rows, { address: columns.address + from, stride: columns.stride })
  }
  pool.arena.release(start)
}
