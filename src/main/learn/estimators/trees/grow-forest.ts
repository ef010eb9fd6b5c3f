import { MillraceError } from '#shared/errors.ts'
import type { Matrix } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import type { FitContext } from '../../fit-context.ts'
import { allocateColumns, binMatrix, type BinColumns } from './bin-columns.ts'
import { binCount, type ColumnBins } from './column-bins.ts'
import { allocateDesks, finishedTree, type Desk, type FinishedTree } from './forest-desks.ts'
import type { ForestParams, Growth } from './forest-params.ts'
import type { ForestTrees } from './forest-state.ts'
import type { ForestTarget } from './forest-target.ts'
import { openOutOfBag, type OutOfBagScores } from './out-of-bag.ts'

/** Cells that a kernel call looks at, about: some 10 to 20 ms of work between two looks at the user's wish to stop. */
const BUDGET = 3_000_000
const MOST_ROWS = 2 ** 26 // what an entry of the kernel can hold

/** What a forest is grown from. */
export type ForestWork = {
  readonly matrix: Matrix
  readonly columns: readonly ColumnBins[]
  readonly target: ForestTarget
  readonly outputs: number
  readonly params: ForestParams
  readonly growth: Growth
  /** True: one random threshold per column in place of the best. */
  readonly randomCuts: boolean
}

/** A grown forest. */
export type GrownForest = {
  readonly trees: ForestTrees
  /** Impurity taken away by splits on each column. */
  readonly gains: Float64Array
  /** Undefined where no row was left out. */
  readonly outOfBag: OutOfBagScores | undefined
}

/** Grows all trees, as many at a time as there are threads; every tree has a seed of its own, so that the number of threads changes nothing. */
export function growForest(work: ForestWork, ctx: FitContext): GrownForest {
  const { matrix, columns, params, outputs, growth } = work
  const { pool } = ctx
  if (matrix.rows > MOST_ROWS) throw tooManyRows(matrix.rows)
  const binned = allocateColumns(pool, matrix.rows, columns.length)
  binMatrix(pool, matrix, columns, binned, undefined, () => {
    ctx.throwIfAborted()
  })
  const desks = allocateDesks(pool, work, placeShared(pool, work, binned), Math.min(pool.threads, params.trees))
  const outOfBag = params.bootstrap || growth.draws < matrix.rows ? openOutOfBag(pool, binned, matrix.rows, outputs) : undefined
  const finished: FinishedTree[] = []
  const gains = new Float64Array(columns.length)
  for (let first = 0; first < params.trees; first += desks.length) {
    ctx.progress(first / params.trees, `tree ${first + 1} of ${params.trees}`)
    const batch = desks.slice(0, params.trees - first)
    growBatch(pool, batch, first, ctx)
    for (const desk of batch) {
      const tree = finishedTree(pool, desk, outputs, columns.length)
      tree.gains.forEach((gain, j) => (gains[j] = (gains[j] as number) + gain))
      finished.push(tree)
      ctx.throwIfAborted()
      outOfBag?.add(desk)
    }
  }
  return { trees: joinTrees(finished), gains, outOfBag: outOfBag?.scores() }
}

/** Grows one tree at every desk; the first of them is tree number `first`. */
function growBatch(pool: KernelPool, batch: readonly Desk[], first: number, ctx: FitContext): void {
  ctx.throwIfAborted()
  pool.together(
    batch.map(({ record }, k) => {
      const rng = ctx.rng.fork(`tree ${first + k}`)
      return { kernel: 'startTree', args: [record, rng.below(2 ** 32), rng.below(2 ** 32)] }
    }),
  )
  for (let growing = batch; growing.length > 0; ) {
    ctx.throwIfAborted()
    const unfinished = pool.together(growing.map(({ record }) => ({ kernel: 'growForestTree', args: [record, BUDGET] })))
    growing = growing.filter((_desk, k) => unfinished[k] === 1)
  }
}

/** Addresses of what all trees read. */
export type Shared = { readonly columns: BinColumns; readonly describe: number; readonly target: number; readonly weights: number }

const CATEGORICAL = 0x1_0000

function placeShared(pool: KernelPool, { matrix, columns, target }: ForestWork, binned: BinColumns): Shared {
  const { arena } = pool
  const describe = arena.allocate(columns.length * 4)
  arena.int32(describe, columns.length).set(columns.map((column) => binCount(column) | (column.kind === 'categorical' ? CATEGORICAL : 0)))
  const codes = arena.allocate(matrix.rows * 4)
  arena.int32(codes, matrix.rows).set(target.codes)
  const weights = arena.allocate(target.weights.length * 8)
  arena.float64(weights, target.weights.length).set(target.weights)
  return { columns: binned, describe, target: codes, weights }
}

function joinTrees(trees: readonly FinishedTree[]): ForestTrees {
  const sum = (length: (tree: FinishedTree) => number): number => trees.reduce((total, tree) => total + length(tree), 0)
  const starts = new Int32Array((trees.length + 1) * 3)
  const nodes = new Int32Array(sum((tree) => tree.nodes.length))
  const values = new Float32Array(sum((tree) => tree.values.length))
  const sets = new Uint8Array(sum((tree) => tree.sets.length))
  let [node, leaf, set, value] = [0, 0, 0, 0]
  trees.forEach((tree, t) => {
    nodes.set(tree.nodes, node * 2)
    values.set(tree.values, value)
    sets.set(tree.sets, set * 32)
    node += tree.nodes.length / 2
    leaf += tree.leaves
    set += tree.sets.length / 32
    value += tree.values.length
    starts.set([node, leaf, set], (t + 1) * 3)
  })
  return { starts, nodes, values, sets }
}

function tooManyRows(rows: number): MillraceError {
  return new MillraceError({
    code: 'out-of-memory',
    headline: 'The data has too many rows for a forest',
    message: `A forest takes at most ${MOST_ROWS.toLocaleString('en-US')} rows; the training data has ${rows.toLocaleString('en-US')}.`,
    nextStep: 'Learn from a sample of the rows, or use gradient-boosting.',
    details: { rows },
  })
}
