import { cutRange } from '../../../wasm/ranges.ts'
import type { Design } from './design.ts'

/** Products above which only every k-th block of rows enters: the matrix shapes the search, never the solution. */
const MOST_PRODUCTS = 1e9
/** Rows of a block: its standardised cells stay in the caches while all pairs of columns pass. */
const BLOCK = 1024
/** Added to the diagonal, as a share of it: the size of the rounding errors of sums in float32. */
const JITTER = 1e-6

/** Runs of blocks that are summed up each for itself, on as many threads; fixed, so that the sums have the same bits on any number of threads. */
const RUNS = 8
/** Products below which one thread is faster than waking others. */
const FEWEST_PRODUCTS = 1e6

/** The rows that take part, in blocks that begin `stride` rows apart; the last may be short. */
type Blocks = { readonly stride: number; readonly firsts: readonly number[]; readonly rows: number; countOf(first: number): number; has(row: number): boolean }

function blocksOf({ rows, dense, entryRows }: Design): Blocks {
  const products = rows * dense.length ** 2 / 8 + entryRows.length * dense.length + entryRows.length ** 2 / rows
  const stride = BLOCK * Math.max(1, Math.ceil(products / MOST_PRODUCTS))
  const firsts = Array.from({ length: Math.ceil(rows / stride) }, (_, k) => k * stride)
  const countOf = (first: number): number => Math.min(BLOCK, rows - first)
  return { stride, firsts, rows: firsts.reduce((sum, first) => sum + countOf(first), 0), countOf, has: (row) => row % stride < BLOCK }
}

/** Σ_i z_ij z_ik over the standardised dense columns, by the kernels in float32: dense × dense, lower triangle. */
function denseGram(design: Design, blocks: Blocks, throwIfAborted: () => void): Float64Array {
  const { pool, dense, rows, cells, means, deviations } = design
  const { arena } = pool
  const width = dense.length
  const place = (values: Float64Array): number => {
    const address = arena.allocate(values.byteLength)
    arena.float64(address, values.length).set(values)
    return address
  }
  const mark = arena.mark()
  try {
    const centres = place(Float64Array.from(dense, (j) => means[j] as number))
    const scales = place(Float64Array.from(dense, (j) => 1 / (deviations[j] as number)))
    const runs = cutRange(0, blocks.firsts.length, RUNS)
    const threads = blocks.rows * width ** 2 < FEWEST_PRODUCTS ? 1 : pool.threads
    const panels = Array.from({ length: Math.min(threads, runs.length) }, () => arena.allocate(BLOCK * width * 4))
    const sums = runs.map(() => place(new Float64Array(width * width)))
    for (let next = 0; next < runs.length; next += panels.length) {
      throwIfAborted()
      pool.together(
        runs.slice(next, next + panels.length).map(({ from, to }, lane) => ({
          kernel: 'gramOfBlocks',
          args: [
            cells.byteOffset, rows, centres, scales, width, BLOCK, blocks.stride, from * blocks.stride, Math.min(to * blocks.stride, rows), panels[lane] as number,
            sums[next + lane] as number,
          ],
        })),
      )
    }
    const [total = new Float64Array(), ...others] = sums.map((address) => arena.float64(address, width * width).slice())
    for (const own of others) for (let at = 0; at < total.length; at++) total[at] = (total[at] as number) + (own[at] as number)
    return total
  } finally {
    arena.release(mark)
  }
}

/** Adds the rows that kernels leave over, fewer than four of the last block. */
function addLeftOver({ dense, rows, cells, means, deviations }: Design, blocks: Blocks, gram: Float64Array): void {
  const width = dense.length
  const last = blocks.firsts.at(-1) ?? 0
  const end = last + blocks.countOf(last)
  for (let row = end - (blocks.countOf(last) & 3); row < end; row++) {
    const z = Float64Array.from(dense, (j, k) => ((cells[k * rows + row] as number) - (means[j] as number)) / (deviations[j] as number))
    for (let j = 0; j < width; j++) for (let k = 0; k <= j; k++) (gram[j * width + k] as number) += (z[j] as number) * (z[k] as number)
  }
}

/** Σ_i s_ij s_ik over what is stored of the sparse columns, row after row, and Σ_i s_ij behind it: (sparse + 1) × sparse, lower triangle. */
function sparseGram(design: Design, blocks: Blocks): Float64Array {
  const { rows, sparse, starts, entryRows, entryValues, bases } = design
  const width = sparse.length
  const gram = new Float64Array((width + 1) * width)
  const ends = new Int32Array(rows + 1)
  for (let at = 0; at < entryRows.length; at++) if (blocks.has(entryRows[at] as number)) ends[(entryRows[at] as number) + 1] = (ends[(entryRows[at] as number) + 1] as number) + 1
  for (let i = 0; i < rows; i++) ends[i + 1] = (ends[i + 1] as number) + (ends[i] as number)
  const next = ends.slice(0, rows)
  const columns = new Int32Array(ends[rows] as number)
  const stored = new Float64Array(columns.length)
  for (let k = 0; k < width; k++) {
    for (let at = starts[k] as number; at < (starts[k + 1] as number); at++) {
      const row = entryRows[at] as number
      if (!blocks.has(row)) continue
      const place = next[row] as number
      next[row] = place + 1
      columns[place] = k
      const value = (entryValues[at] as number) - (bases[k] as number)
      stored[place] = value
      gram[width * width + k] = (gram[width * width + k] as number) + value
    }
  }
  for (let i = 0; i < rows; i++) {
    for (let a = ends[i] as number; a < (ends[i + 1] as number); a++) {
      const line = (columns[a] as number) * width
      const value = stored[a] as number
      for (let b = ends[i] as number; b <= a; b++) (gram[line + (columns[b] as number)] as number) += value * (stored[b] as number)
    }
  }
  return gram
}

/** Σ_i x_ij s_ik of a dense and the stored part of a sparse column. */
function crossSum(design: Design, blocks: Blocks, d: number, s: number): number {
  const { rows, cells, starts, entryRows, entryValues } = design
  const mean = design.means[design.dense[d] as number] as number
  const base = design.bases[s] as number
  let sum = 0
  for (let at = starts[s] as number; at < (starts[s + 1] as number); at++) {
    const row = entryRows[at] as number
    if (blocks.has(row)) sum += ((cells[d * rows + row] as number) - mean) * ((entryValues[at] as number) - base)
  }
  return sum
}

/** Σ_i of a centred dense column over the rows that take part. */
function denseSum({ rows, cells, means, dense }: Design, blocks: Blocks, d: number): number {
  const mean = means[dense[d] as number] as number
  let sum = 0
  for (const first of blocks.firsts) for (let row = first; row < first + blocks.countOf(first); row++) sum += (cells[d * rows + row] as number) - mean
  return sum
}

/**
 * Covariance matrix of the design's columns, Σ_i x_ij x_ik / n without factors: columns × columns, row after row, its diagonal raised by
 * the rounding error of float32. Very tall designs are thinned to every k-th block of rows.
 */
export function covariance(design: Design, throwIfAborted: () => void): Float64Array {
  const { width, dense, sparse, deviations } = design
  const blocks = blocksOf(design)
  const result = new Float64Array(width * width)
  const put = (j: number, k: number, sum: number): void => {
    result[j * width + k] = sum / blocks.rows
    result[k * width + j] = sum / blocks.rows
  }
  const gram = denseGram(design, blocks, throwIfAborted)
  addLeftOver(design, blocks, gram)
  dense.forEach((j, a) => {
    for (let b = 0; b <= a; b++) {
      const k = dense[b] as number
      put(j, k, (gram[a * dense.length + b] as number) * (deviations[j] as number) * (deviations[k] as number))
    }
  })
  if (sparse.length > 0) addSparse(design, blocks, put, throwIfAborted)
  for (let j = 0; j < width; j++) (result[j * width + j] as number) += JITTER * (result[j * width + j] as number)
  return result
}

/** Puts the sums of sparse columns with each other and with dense ones. */
function addSparse(design: Design, blocks: Blocks, put: (j: number, k: number, sum: number) => void, throwIfAborted: () => void): void {
  const { dense, sparse, offsets } = design
  throwIfAborted()
  const stored = sparseGram(design, blocks)
  const sums = stored.subarray(sparse.length ** 2)
  sparse.forEach((j, a) => {
    throwIfAborted()
    const offset = offsets[j] as number
    for (let b = 0; b <= a; b++) {
      const k = sparse[b] as number
      const other = offsets[k] as number
      put(j, k, (stored[a * sparse.length + b] as number) + offset * (sums[b] as number) + other * (sums[a] as number) + blocks.rows * offset * other)
    }
  })
  dense.forEach((j, d) => {
    throwIfAborted()
    const sum = denseSum(design, blocks, d)
    sparse.forEach((k, s) => {
      put(j, k, crossSum(design, blocks, d, s) + (offsets[k] as number) * sum)
    })
  })
}
