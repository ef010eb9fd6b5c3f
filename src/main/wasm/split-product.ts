import type { Address, NeuralCall } from './neural-kernels.ts'
import { cutRange, type Part } from './ranges.ts'

const LEAST_WORK = 200_000 // multiply-adds, about 10 µs: below, handing a part to another thread costs more than it saves
const PANEL_ROWS = 6
const LEAST_ROWS = 12 // the kernel adds up products of eight rows and less in another order, which a part must not
const PANEL_COLUMNS = 8

/** A product as kernel `product` takes it, all of its rows: strides in floats, `bias` and `activation` (a code) only where there are any. */
export type Product = {
  readonly a: Address
  readonly aRow: number
  readonly aColumn: number
  readonly b: Address
  readonly bRow: number
  readonly bColumn: number
  readonly c: Address
  readonly cRow: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
  readonly accumulate?: boolean
  readonly bias?: Address
  readonly activation?: number
  readonly alpha?: number
}

/** Cuts `rows` rows of `work` multiply-adds each (columns × depth of a product) among at most `threads` threads, at whole panels, so that no part is too small to be worth a thread. */
export function splitRows(rows: number, work: number, threads: number): readonly Part[] {
  return cutRange(0, rows, Math.min(threads, Math.floor((rows * work) / LEAST_WORK), Math.floor(rows / LEAST_ROWS)), PANEL_ROWS)
}

/** The calls that make up a product, at most one per scratch (`productScratch` bytes each): parts of its rows or, where it has more columns, of its columns. */
export function splitProduct(product: Product, scratches: readonly Address[]): readonly NeuralCall[] {
  const { a, aRow, aColumn, b, bRow, bColumn, c, cRow, rows, columns, depth, accumulate = false, bias = 0, activation = 0, alpha = 0 } = product
  const add = accumulate ? 1 : 0
  const scratchOf = (lane: number): Address => scratches[lane] as Address
  if (rows >= columns) {
    return splitRows(rows, columns * depth, scratches.length).map(({ from, to, lane }) => ({
      kernel: 'product',
      args: [a, aRow, aColumn, b, bRow, bColumn, c, cRow, from, to, columns, depth, add, bias, activation, alpha, scratchOf(lane)],
    }))
  }
  const parts = cutRange(0, columns, Math.min(scratches.length, Math.floor((rows * columns * depth) / LEAST_WORK)), PANEL_COLUMNS)
  return parts.map(({ from, to, lane }) => ({
    kernel: 'product',
    args: [
      a, aRow, aColumn, b + from * bColumn * 4, bRow, bColumn, c + from * 4, cRow, 0, rows, to - from, depth, add, bias === 0 ? 0 : bias + from * 4, activation, alpha, scratchOf(lane),
    ],
  }))
}
