import { runOverRange, type Part } from '../../../wasm/ranges.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { matrixColumn, type Matrix, type MatrixColumn } from '../../../table/matrix.ts'

/** Bins of one column. Bin 0 is "missing or unknown"; values have bins 1 … 255. */
export type ColumnBins =
  | {
      readonly kind: 'numeric'
      /** Ascending, distinct, at most 254; bin = 1 + how many are below the value. */
      readonly thresholds: Float32Array
      /** True where training rows had missing cells. */
      readonly hasMissing: boolean
    }
  | {
      readonly kind: 'categorical'
      /** Bin of each code; 0 for codes that are rare or were never seen. */
      readonly binOfCode: Uint8Array
      /** Bins in use, bin 0 included: 1 … 255. */
      readonly bins: number
      readonly hasMissing: boolean
    }

const MOST_CATEGORIES = 254
const MOST_SAMPLED = 200_000

/** Number of bins that a column uses, bin 0 included. */
export function binCount(column: ColumnBins): number {
  return column.kind === 'numeric' ? column.thresholds.length + 2 : column.bins
}

/** Learns the bins of every column: quantiles of at most 200,000 evenly spaced rows, or the 254 most frequent categories. */
export function learnColumnBins(pool: KernelPool, matrix: Matrix, maxBins: number, throwIfAborted: () => void): readonly ColumnBins[] {
  const numeric = matrix.columns.flatMap((column, j) => (column.kind === 'numeric' ? [j] : []))
  const quantiles = learnThresholds(pool, matrix, numeric, maxBins, throwIfAborted)
  return matrix.columns.map((column, j) => quantiles.get(j) ?? learnCategories(matrixColumn(matrix, j), column))
}

function learnCategories(values: Float32Array, { cardinality = 0 }: MatrixColumn): ColumnBins {
  const counts = new Int32Array(cardinality)
  let missing = 0
  for (const value of values) {
    if (Number.isInteger(value) && value >= 0 && value < cardinality) counts[value] = (counts[value] as number) + 1
    else missing++
  }
  const ranked = [...counts.keys()]
    .filter((code) => (counts[code] as number) > 0)
    .toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const binOfCode = new Uint8Array(cardinality)
  ranked.slice(0, MOST_CATEGORIES).forEach((code, rank) => {
    binOfCode[code] = rank + 1
  })
  return {
    kind: 'categorical',
    binOfCode,
    bins: Math.min(ranked.length, MOST_CATEGORIES) + 1,
    hasMissing: missing > 0 || ranked.length > MOST_CATEGORIES,
  }
}

function learnThresholds(
  pool: KernelPool,
  matrix: Matrix,
  numeric: readonly number[],
  maxBins: number,
  throwIfAborted: () => void,
): ReadonlyMap<number, ColumnBins> {
  const { arena } = pool
  const start = arena.mark()
  const capacity = Math.min(matrix.rows, MOST_SAMPLED)
  const desks = Array.from({ length: Math.min(pool.threads, numeric.length) }, () => ({
    values: arena.allocate(capacity * 4),
    sorted: arena.allocate(capacity * 4),
    counts: arena.allocate(24576),
  }))
  const learnt = new Map<number, ColumnBins>()
  for (let first = 0; first < numeric.length; first += desks.length) {
    throwIfAborted()
    const batch = numeric.slice(first, first + desks.length).map((column, k) => {
      const desk = desks[k] as (typeof desks)[number]
      return { column, desk, ...sample(matrixColumn(matrix, column), arena.float32(desk.values, capacity)) }
    })
    pool.together(batch.map(({ desk, count }) => ({ kernel: 'sortFloats', args: [desk.values, desk.sorted, count, desk.counts] })))
    for (const { column, desk, count, hasMissing } of batch) {
      learnt.set(column, { kind: 'numeric', thresholds: thresholdsOf(arena.float32(desk.sorted, count), maxBins), hasMissing })
    }
  }
  arena.release(start)
  return learnt
}

function sample(values: Float32Array, out: Float32Array): { readonly count: number; readonly hasMissing: boolean } {
  let count = 0
  const step = values.length / out.length
  for (let i = 0; i < out.length; i++) {
    const value = values[Math.floor(i * step)] as number
    if (!Number.isNaN(value)) out[count++] = value
  }
  return { count, hasMissing: count < out.length || (step > 1 && holdsMissing(values)) }
}

function holdsMissing(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true
  return false
}

/** Thresholds between the distinct values of `sorted`, or its quantiles where there are more than `maxBins` values. */
export function thresholdsOf(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct: number[] = []
  for (let i = 0; i < sorted.length && distinct.length <= maxBins; i++) {
    const value = sorted[i] as number
    if (value !== distinct.at(-1)) distinct.push(value)
  }
  if (distinct.length <= maxBins) return Float32Array.from(distinct.slice(1), (value, i) => between(distinct[i] as number, value))
  const cuts: number[] = []
  const last = sorted.at(-1) as number
  for (let q = 1; q < maxBins; q++) {
    const value = sorted[Math.floor((q * sorted.length) / maxBins)] as number
    if (value !== cuts.at(-1) && value !== last) cuts.push(value)
  }
  return Float32Array.from(cuts)
}

/** A float32 t with low ≤ t < high: their middle where it can be told from both. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2)
  return middle >= low && middle < high ? middle : low
}

/** Number of steps of the binary search over `thresholds`: its table holds 2^steps − 1 floats. */
function searchSteps(thresholds: number): number {
  return Math.max(1, Math.ceil(Math.log2(thresholds + 1)))
}

/** Writes the tables that kernel `binColumns` reads and returns their address. */
export function placeBinTables(pool: KernelPool, columns: readonly ColumnBins[]): number {
  const { arena } = pool
  const tables = columns.map((column) => {
    if (column.kind === 'categorical') {
      const address = arena.allocate(column.binOfCode.length)
      arena.bytes(address, column.binOfCode.length).set(column.binOfCode)
      return [1, address, column.binOfCode.length]
    }
    const steps = searchSteps(column.thresholds.length)
    const length = 2 ** steps - 1
    const address = arena.allocate(length * 4)
    const table = arena.float32(address, length).fill(Infinity)
    table.set(column.thresholds)
    return [0, address, steps]
  })
  const address = arena.allocate(tables.length * 12)
  arena.int32(address, tables.length * 3).set(tables.flat())
  return address
}

/** Where rows go on their way through kernel `binColumns`. */
export type BinDesk = {
  /** Float32 values of one chunk, column after column, `chunk` rows apart. */
  readonly values: number
  readonly chunk: number
  readonly tables: number
}

/** Space for chunks of `chunk` rows of these columns. */
export function openBinDesk(pool: KernelPool, columns: readonly ColumnBins[], chunk: number): BinDesk {
  return { values: pool.arena.allocate(columns.length * chunk * 4), chunk, tables: placeBinTables(pool, columns) }
}

/** Bins rows `from` … `to`−1 of `matrix`, at most `desk.chunk`, into columns that start at `out`, `stride` bytes apart; `order` takes rows in another order. */
export function binChunk(
  pool: KernelPool,
  desk: BinDesk,
  matrix: Matrix,
  rows: { readonly from: number; readonly to: number; readonly order?: Int32Array },
  out: { readonly address: number; readonly stride: number },
): void {
  const { from, to, order } = rows
  const features = matrix.columns.length
  const values = pool.arena.float32(desk.values, features * desk.chunk)
  for (let j = 0; j < features; j++) {
    const source = matrixColumn(matrix, j)
    const offset = j * desk.chunk
    if (order === undefined) values.set(source.subarray(from, to), offset)
    else for (let i = from; i < to; i++) values[offset + i - from] = source[order[i] as number] as number
  }
  runOverRange(pool, { from: 0, to: to - from, least: 1000, multiple: 64 }, (part: Part) => ({
    kernel: 'binColumns',
    args: [desk.values, desk.chunk * 4, part.from, part.to, features, desk.tables, out.address, out.stride],
  }))
}
