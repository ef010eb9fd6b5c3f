import { cutRange, type Part } from '../../../wasm/ranges.ts'
import type { Design } from './design.ts'
import { sumOf } from './folds.ts'
import { addressOf, liesIn } from './placed.ts'

/** Cells below which one thread is faster than waking others. */
const FEWEST_CELLS = 2_000_000

function lanesOf(design: Design): number {
  return design.cells.length + design.entryValues.length < FEWEST_CELLS ? 1 : design.pool.threads
}

/** Per column number k of the sparse columns, the first entry whose row is `row` or later. */
function entriesFrom({ starts, entryRows, sparse }: Design, row: number, out: Int32Array): void {
  for (let k = 0; k < sparse.length; k++) {
    let low = starts[k] as number
    let high = starts[k + 1] as number
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((entryRows[middle] as number) < row) low = middle + 1
      else high = middle
    }
    out[k] = low
  }
}

/** Where each lane's rows begin among the entries: address of one list per cut. */
function rowCuts(design: Design, parts: readonly Part[]): readonly number[] {
  const { arena } = design.pool
  const address = design.starts.byteOffset
  if (parts.length === 1) return [address, address + 4] // the starts, and the starts of the next columns
  return [...parts.map(({ from }) => from), design.rows].map((row) => {
    const cut = arena.allocate(design.sparse.length * 4)
    entriesFrom(design, row, arena.int32(cut, design.sparse.length))
    return cut
  })
}

/** Ranges of sparse columns with about equally many entries. */
function columnCuts({ starts, sparse }: Design, lanes: number): readonly Part[] {
  const total = starts[sparse.length] as number
  const cuts = [0]
  for (let k = 0; k < sparse.length; k++) if (cuts.length < lanes && (starts[k + 1] as number) * lanes >= total * cuts.length) cuts.push(k + 1)
  return cuts.map((from, lane) => ({ from, to: cuts[lane + 1] ?? sparse.length, lane }))
}

const isZero = (value: number): boolean => value === 0

/** Products of a design with vectors, which are copied unless they lie in the pool's memory. */
export type Products = {
  /** out[i] = intercept + Σ_j weights[j] · x_ij over the centred cells times their factors; `out` has one entry per row. */
  multiply(weights: Float64Array, intercept: number, out: Float64Array): void
  /** out[j] = Σ_i residual[i] · x_ij; returns Σ_i residual[i], the intercept's share. */
  multiplyTransposed(residual: Float64Array, out: Float64Array): number
}

/**
 * Products of `design` by the kernels, on all threads of its pool; the same bits on any number of them. Their working space lies in the
 * pool's memory behind the design's.
 */
export function productsOf(design: Design): Products {
  const { pool, rows, dense, sparse } = design
  const { arena } = pool
  const lanes = lanesOf(design)
  const rowParts = cutRange(0, rows, lanes, 4)
  const cuts = rowCuts(design, rowParts)
  const denseParts = cutRange(0, dense.length, lanes, 4)
  const sparseParts = columnCuts(design, lanes)
  const perRow = arena.float64(arena.allocate(rows * 8), rows)
  const perDense = arena.float64(arena.allocate(dense.length * 8), dense.length)
  const perSparse = arena.float64(arena.allocate(sparse.length * 8), sparse.length)
  const [cells, entryRows, entryValues, bases] = [design.cells.byteOffset, design.entryRows.byteOffset, design.entryValues.byteOffset, design.bases.byteOffset]
  const scaled = (j: number, value: number): number => (design.factors === undefined ? value : value * (design.factors[j] as number))
  return {
    multiply(weights, intercept, out) {
      let start = intercept
      for (let k = 0; k < dense.length; k++) perDense[k] = scaled(dense[k] as number, weights[dense[k] as number] as number)
      for (let k = 0; k < sparse.length; k++) perSparse[k] = scaled(sparse[k] as number, weights[sparse[k] as number] as number)
      for (let k = 0; k < dense.length; k++) start += (perDense[k] as number) * (design.offsets[dense[k] as number] as number)
      for (let k = 0; k < sparse.length; k++) start += (perSparse[k] as number) * (design.offsets[sparse[k] as number] as number)
      const at = liesIn(pool, out) ? out : perRow
      at.fill(start)
      if (perDense.every(isZero) && perSparse.every(isZero)) return at === out ? undefined : out.set(at) // as at the start of every search
      if (dense.length > 0) {
        pool.together(rowParts.map(({ from, to }) => ({ kernel: 'denseScores', args: [cells, rows, perDense.byteOffset, dense.length, from, to, at.byteOffset] })))
      }
      if (sparse.length > 0) {
        pool.together(
          rowParts.map((_, lane) => ({
            kernel: 'sparseScores',
            args: [cuts[lane] as number, cuts[lane + 1] as number, entryRows, entryValues, bases, perSparse.byteOffset, sparse.length, at.byteOffset],
          })),
        )
      }
      if (at !== out) out.set(at)
    },
    multiplyTransposed(residual, out) {
      const at = addressOf(pool, residual, perRow)
      const total = sumOf(residual)
      if (dense.length > 0) {
        pool.together(denseParts.map(({ from, to }) => ({ kernel: 'denseSums', args: [cells, rows, at, from, to, perDense.byteOffset] })))
      }
      if (sparse.length > 0) {
        pool.together(
          sparseParts.map(({ from, to }) => ({
            kernel: 'sparseSums', args: [design.starts.byteOffset, entryRows, entryValues, bases, at, from, to, perSparse.byteOffset],
          })),
        )
      }
      out.fill(0)
      for (let k = 0; k < dense.length; k++) out[dense[k] as number] = scaled(dense[k] as number, (perDense[k] as number) + total * (design.offsets[dense[k] as number] as number))
      for (let k = 0; k < sparse.length; k++) out[sparse[k] as number] = scaled(sparse[k] as number, (perSparse[k] as number) + total * (design.offsets[sparse[k] as number] as number))
      return total
    },
  }
}
