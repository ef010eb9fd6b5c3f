import { denseColumns, matrixColumn, type Matrix, type SparseBlock } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { cutRange } from '../../../wasm/ranges.ts'
import { placedNumbers } from './placed.ts'

/**
 * The centred columns of a matrix in the kernels' memory, where every array lies: its `byteOffset` is its address. A column is dense, or sparse
 * where most of its cells share one value (its base; 0 in a sparse block), so that one-hot columns, scaled or not, cost only
 * their rarer value. With s what is stored of a cell, its value less the base, the centred cell is s + offset, and `factor` times
 * that enters the model.
 */
export type Design = {
  readonly pool: KernelPool
  readonly rows: number
  /** Number of columns, those of the matrix in their order. */
  readonly width: number
  /** Per column, before factors; population standard deviation, 0 for a constant column, which takes no part. */
  readonly means: Float64Array
  readonly deviations: Float64Array
  readonly offsets: Float64Array
  /** Absent: 1 for every column. */
  readonly factors: Float64Array | undefined
  /** Numbers of the dense columns, and their cells, column after column; the base is 0. */
  readonly dense: Int32Array
  readonly cells: Float32Array
  /** Numbers of the sparse columns, their bases, and their entries: those of the k-th at `starts[k]` … `starts[k + 1] − 1`, rows ascending. */
  readonly sparse: Int32Array
  readonly bases: Float64Array
  readonly starts: Int32Array
  readonly entryRows: Int32Array
  readonly entryValues: Float32Array
}

/** Share of cells that must be alike for a column to be kept as sparse. */
const SPARSE_SHARE = 0.7
/** Cells that are looked at, about, before a column's cells are counted. */
const SAMPLE = 1024
/** Columns that are placed and summed up at a time. */
const BATCH = 16
/** Cells of a batch below which one thread is faster than waking others. */
const FEWEST_CELLS = 200_000

type Facts = { readonly mean: number; readonly deviation: number; readonly base: number; readonly others: number }

/** Float32 noise around a constant is no signal. */
function deviationOf(squares: number, rows: number, mean: number): number {
  const spread = Math.sqrt(squares / rows)
  return spread > 1e-7 * Math.abs(mean) ? spread : 0
}

/** The value that most of some evenly spaced cells share (Boyer–Moore majority vote); undefined where there is none. */
function majorityOf(cells: Float32Array): number | undefined {
  const step = Math.max(1, Math.floor(cells.length / SAMPLE))
  let value = 0
  let votes = 0
  for (let i = 0; i < cells.length; i += step) {
    if (votes === 0) value = cells[i] as number
    votes += cells[i] === value ? 1 : -1
  }
  let found = 0
  for (let i = 0; i < cells.length; i += step) if (cells[i] === value) found++
  return found * step * 2 > cells.length ? value : undefined
}

/** Mean of some evenly spaced cells: near enough to the column's that squares around it lose no digits. */
function sampleMean(cells: Float32Array): number {
  const step = Math.max(1, Math.floor(cells.length / SAMPLE))
  let sum = 0
  let count = 0
  for (let i = 0; i < cells.length; i += step, count++) sum += cells[i] as number
  return count === 0 ? 0 : sum / count
}

/** The dense columns of a matrix before they are placed: facts of each, from sums by the kernel over its copy at `cells`, batch after batch. */
function wideFacts(matrix: Matrix, cells: number, keep: (facts: Facts) => boolean, pool: KernelPool): readonly Facts[] {
  const { arena } = pool
  const { rows } = matrix
  const wide = denseColumns(matrix)
  const [shifts, sums] = [placedNumbers(pool, BATCH), placedNumbers(pool, 2 * BATCH)]
  const all: Facts[] = []
  for (let from = 0, slot = 0; from < wide; from += BATCH) {
    const columns = Array.from({ length: Math.min(BATCH, wide - from) }, (_, k) => matrixColumn(matrix, from + k))
    columns.forEach((own, k) => {
      shifts[k] = sampleMean(own)
      arena.float32(cells + (slot + k) * rows * 4, rows).set(own)
    })
    const parts = cutRange(0, columns.length, rows * columns.length < FEWEST_CELLS ? 1 : pool.threads)
    pool.together(parts.map((part) => ({ kernel: 'columnSums', args: [cells + slot * rows * 4, rows, shifts.byteOffset, part.from, part.to, sums.byteOffset] })))
    const first = slot
    columns.forEach((own, k) => {
      const found = factsOf(own, shifts[k] as number, sums[2 * k] as number, sums[2 * k + 1] as number)
      all.push(found)
      if (!keep(found)) return
      if (slot < first + k) arena.float32(cells + slot * rows * 4, rows).set(own)
      slot++
    })
  }
  return all
}

/** Mean, deviation, the base, and how many cells differ from it; all, where no value is the cells' majority. From Σ (x − shift) and Σ (x − shift)². */
function factsOf(cells: Float32Array, shift: number, sum: number, squares: number): Facts {
  const n = cells.length
  const off = n === 0 ? 0 : sum / n
  const mean = shift + off
  const deviation = deviationOf(Math.max(0, squares - sum * off), n, mean)
  const base = majorityOf(cells)
  if (base === undefined) return { mean, deviation, base: 0, others: n }
  let others = 0
  for (let i = 0; i < n; i++) if (cells[i] !== base) others++
  return { mean, deviation, base, others }
}

function blockFacts({ starts, values }: SparseBlock, column: number, rows: number): Facts {
  const from = starts[column] as number
  const to = starts[column + 1] as number
  let sum = 0
  for (let k = from; k < to; k++) sum += values[k] as number
  const mean = sum / rows
  let squares = (rows - (to - from)) * mean ** 2
  for (let k = from; k < to; k++) squares += ((values[k] as number) - mean) ** 2
  return { mean, deviation: deviationOf(squares, rows, mean), base: 0, others: to - from }
}

function copyEntries(cells: Float32Array, base: number, rows: Int32Array, values: Float32Array): void {
  let k = 0
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === base) continue
    rows[k] = i
    values[k++] = cells[i] as number
  }
}

/** Places a finite matrix in the memory of `pool`; the caller releases it. */
function createDesign(matrix: Matrix, pool: KernelPool): Design {
  const { arena } = pool
  const { rows, sparse: block } = matrix
  const width = matrix.columns.length
  const wide = denseColumns(matrix)
  const isDense = ({ deviation, others }: Facts): boolean => deviation > 0 && others > rows * (1 - SPARSE_SHARE)
  const place = arena.allocate(wide * rows * 4)
  const facts = [...wideFacts(matrix, place, isDense, pool), ...Array.from({ length: width - wide }, (_, k) => blockFacts(block as SparseBlock, k, rows))]
  const dense = Int32Array.from([...facts.keys()].filter((j) => j < wide && isDense(facts[j] as Facts)))
  const sparse = Int32Array.from([...facts.keys()].filter((j) => (facts[j] as Facts).deviation > 0 && !(j < wide && isDense(facts[j] as Facts))))
  arena.release(place + dense.length * rows * 4)
  const cells = arena.float32(place, dense.length * rows)
  const starts = arena.int32(arena.allocate((sparse.length + 1) * 4), sparse.length + 1)
  starts[0] = 0
  sparse.forEach((j, at) => {
    starts[at + 1] = (starts[at] as number) + (facts[j] as Facts).others
  })
  const entries = starts[sparse.length] as number
  const entryRows = arena.int32(arena.allocate(entries * 4), entries)
  const entryValues = arena.float32(arena.allocate(entries * 4), entries)
  const bases = arena.float64(arena.allocate(sparse.length * 8), sparse.length)
  sparse.forEach((j, at) => {
    const { base, others } = facts[j] as Facts
    const from = starts[at] as number
    bases[at] = base
    if (j < wide) return copyEntries(matrixColumn(matrix, j), base, entryRows.subarray(from, from + others), entryValues.subarray(from, from + others))
    if (block === undefined) return
    const source = block.starts[j - wide] as number
    for (let k = 0; k < others; k++) {
      entryRows[from + k] = block.rows[source + k] as number
      entryValues[from + k] = block.values[source + k] as number
    }
  })
  const offsets = new Float64Array(width)
  for (const j of dense) offsets[j] = -(facts[j] as Facts).mean
  for (const j of sparse) offsets[j] = (facts[j] as Facts).base - (facts[j] as Facts).mean
  const means = Float64Array.from(facts, ({ mean }) => mean)
  const deviations = Float64Array.from(facts, ({ deviation }) => deviation)
  return { pool, rows, width, means, deviations, offsets, factors: undefined, dense, cells, sparse, bases, starts, entryRows, entryValues }
}

/** Places a finite matrix in the memory of `pool` as long as `use` runs. */
export function withDesign<T>(matrix: Matrix, pool: KernelPool, use: (design: Design) => T): T {
  const mark = pool.arena.mark()
  try {
    return use(createDesign(matrix, pool))
  } finally {
    pool.arena.release(mark)
  }
}

/** The same cells, each column times its factor; deviations are those of the products. */
export function rescaled(design: Design, factors: Float64Array): Design {
  return { ...design, factors, deviations: design.deviations.map((deviation, j) => deviation * Math.abs(factors[j] as number)) }
}
