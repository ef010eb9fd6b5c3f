import type { Matrix, Prediction } from '../../../table/matrix.ts'
import { ownKernelPool } from '../../../wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import { allocateColumns, type BinColumns } from './bin-columns.ts'
import { binChunk, openBinDesk } from './column-bins.ts'
import { outputsOf, treeCount, type ForestState, type ForestTrees } from './forest-state.ts'
import { leafOf } from './forest-nodes.ts'
import { requireColumns } from './require-columns.ts'

const ROWS_PER_THREAD = 4096 // bins of a chunk stay in the second-level cache while all trees pass over it
const FEW_ROWS = 64 // below which copying the trees costs more than walking them here

/**
 * Weight of the class shares of all training rows beside the trees: as if a tenth of a tree more had said them. Without it a class that no
 * leaf has would get probability 0, and one such row an infinite log loss.
 */
const PRIOR_WEIGHT = 0.1

/** The mean over all trees: of the class shares in a row's leaves, or of their numbers. */
export function predictForest(state: ForestState, matrix: Matrix, pool: KernelPool = ownKernelPool()): Prediction {
  requireColumns(state.columns.length, matrix)
  const { classes, shares, mean, deviation } = state
  const trees = treeCount(state.trees)
  const sums = sumLeaves(state, matrix, pool)
  if (classes.length === 0) return { kind: 'numbers', values: sums.map((sum) => (trees > 0 ? mean + (deviation * sum) / trees : mean)) }
  if (classes.length === 1) return { kind: 'classes', probabilities: new Float64Array(matrix.rows).fill(1), classes }
  const probabilities = new Float64Array(matrix.rows * classes.length)
  const all = trees + PRIOR_WEIGHT
  for (let i = 0; i < matrix.rows; i++) {
    if (classes.length === 2) {
      const p = Math.min(1, ((sums[i] as number) + PRIOR_WEIGHT * (shares[1] as number)) / all)
      probabilities[i * 2] = 1 - p
      probabilities[i * 2 + 1] = p
      continue
    }
    let total = 0
    for (let k = 0, at = i * classes.length; k < classes.length; k++, at++) total += probabilities[at] = (sums[at] as number) + PRIOR_WEIGHT * (shares[k] as number)
    for (let k = 0, at = i * classes.length; k < classes.length; k++, at++) probabilities[at] = (probabilities[at] as number) / total
  }
  return { kind: 'classes', probabilities, classes }
}

/** Sums of leaf values over all trees, in their order: rows × outputs. */
function sumLeaves(state: ForestState, matrix: Matrix, pool: KernelPool): Float64Array<ArrayBuffer> {
  const { arena } = pool
  const outputs = outputsOf(state.classes)
  const sums = new Float64Array(matrix.rows * outputs)
  const few = matrix.rows < FEW_ROWS
  const mark = arena.mark()
  try {
    const chunk = Math.min(Math.max(64, Math.ceil(matrix.rows / 64) * 64), ROWS_PER_THREAD * pool.threads)
    const desk = openBinDesk(pool, state.columns, chunk)
    const columns = allocateColumns(pool, chunk, state.columns.length)
    const walk = few ? walkHere(pool, state.trees, outputs, columns, state.columns.length) : walkInKernels(pool, state.trees, outputs, columns, chunk)
    for (let from = 0; from < matrix.rows; from += chunk) {
      const to = Math.min(from + chunk, matrix.rows)
      binChunk(pool, desk, matrix, { from, to }, columns)
      walk(to - from, sums.subarray(from * outputs, to * outputs))
    }
    return sums
  } finally {
    arena.release(mark)
  }
}

/** Adds the leaf values of the first `rows` binned rows to `out`. */
type Walk = (rows: number, out: Float64Array) => void

function walkInKernels(pool: KernelPool, trees: ForestTrees, outputs: number, columns: BinColumns, chunk: number): Walk {
  const place = (array: Int32Array | Float32Array | Uint8Array): number => {
    const address = pool.arena.allocate(array.byteLength)
    pool.arena.bytes(address, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return address
  }
  const placed = [place(trees.starts), place(trees.nodes), place(trees.values), place(trees.sets)]
  const sums = pool.arena.allocate(chunk * outputs * 8)
  return (rows, out) => {
    const values = pool.arena.float64(sums, rows * outputs).fill(0)
    runOverRange(pool, { from: 0, to: rows, least: 256, multiple: 64 }, ({ from, to }) => ({
      kernel: 'scoreForest',
      args: [columns.address, columns.stride, from, to, 0, treeCount(trees), ...placed, outputs, sums, 0, 0],
    }))
    out.set(values)
  }
}

/** The same sums, bit for bit, without copying the trees into the kernels' memory. */
function walkHere(pool: KernelPool, trees: ForestTrees, outputs: number, columns: BinColumns, features: number): Walk {
  const bins = pool.arena.bytes(columns.address, columns.stride * features)
  return (rows, out) => {
    for (let t = 0; t < treeCount(trees); t++) {
      for (let row = 0; row < rows; row++) {
        const leaf = leafOf(trees, t, (feature) => bins[feature * columns.stride + row] as number)
        for (let o = 0; o < outputs; o++) out[row * outputs + o] = (out[row * outputs + o] as number) + (trees.values[leaf * outputs + o] as number)
      }
    }
  }
}
