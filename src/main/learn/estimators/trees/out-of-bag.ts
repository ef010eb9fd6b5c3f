import type { Target } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import type { BinColumns } from './bin-columns.ts'
import type { Desk } from './forest-desks.ts'
import type { OutOfBag } from './forest-state.ts'

/** Sums over the trees that did not see a row. */
export type OutOfBagScores = {
  /** Rows × outputs. */
  readonly sums: Float64Array
  /** Trees that did not see the row. */
  readonly trees: Uint32Array
}

const LEAST = 2000

/** Scores rows that a tree was not grown from, tree after tree. */
export function openOutOfBag(pool: KernelPool, columns: BinColumns, rows: number, outputs: number): { add(desk: Desk): void; scores(): OutOfBagScores } {
  const { arena } = pool
  const sums = arena.allocate(rows * outputs * 8)
  const seen = arena.allocate(rows * 4)
  const only = arena.allocate(12) // one tree, whose nodes, leaves and sets start where they are
  arena.float64(sums, rows * outputs).fill(0)
  arena.int32(seen, rows).fill(0)
  arena.int32(only, 3).fill(0)
  return {
    add({ counts, nodes, values, sets }) {
      runOverRange(pool, { from: 0, to: rows, least: LEAST, multiple: 64 }, ({ from, to }) => ({
        kernel: 'scoreForest',
        args: [columns.address, columns.stride, from, to, 0, 1, only, nodes, values, sets, outputs, sums, counts, seen],
      }))
    },
    scores: () => ({ sums: Float64Array.from(arena.float64(sums, rows * outputs)), trees: Uint32Array.from(arena.int32(seen, rows)) }),
  }
}

/** Accuracy, or R² against the mean, over the rows that some tree did not see; null where there are none. */
export function judgeOutOfBag({ sums, trees }: OutOfBagScores, target: Target, scale: { readonly mean: number; readonly deviation: number }): OutOfBag | null {
  const rows = [...trees.keys()].filter((row) => (trees[row] as number) > 0)
  if (rows.length === 0) return null
  if (target.kind === 'classes') {
    const width = target.classes.length
    const right = rows.filter((row) => leading(sums, row, trees[row] as number, width) === target.codes[row])
    return { measure: 'accuracy', value: right.length / rows.length, rows: rows.length }
  }
  const truth = rows.map((row) => ((target.values[row] as number) - scale.mean) / scale.deviation)
  const mean = truth.reduce((sum, value) => sum + value / truth.length, 0)
  const spread = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const errors = rows.reduce((sum, row, k) => sum + ((truth[k] as number) - (sums[row] as number) / (trees[row] as number)) ** 2, 0)
  return { measure: 'r2', value: spread > 0 ? 1 - errors / spread : 0, rows: rows.length }
}

/** The class with the greatest sum, the first of equals. */
function leading(sums: Float64Array, row: number, trees: number, classes: number): number {
  if (classes <= 2) return classes === 2 && 2 * (sums[row] as number) > trees ? 1 : 0
  const own = sums.subarray(row * classes, (row + 1) * classes)
  return own.indexOf(Math.max(...own))
}
