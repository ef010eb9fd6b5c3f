import type { Matrix } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import type { FitContext } from '../../fit-context.ts'
import type { ColumnBins } from '../trees/column-bins.ts'
import { growTree } from './grow-tree.ts'
import { allocateGrowingSpace, describeColumns, type GrowingSpace } from './growing-space.ts'
import { drawRows, type HeldOut } from '../held-out.ts'
import type { Loss, LossRows } from './loss.ts'
import { placeDirections, type Directions } from './monotone.ts'
import type { Constrained } from './objective.ts'
import type { BoostingParams, Pace } from './params.ts'
import { quantileRefit } from './refit-leaves.ts'
import { addScores, compileTrees, placeProgram } from './scoring-program.ts'
import { allocateRows, binRows, overRows, reorderRows, type TrainingRows } from './training-rows.ts'
import type { Tree } from './tree.ts'

/** Everything that changes from round to round, in the kernels' memory. */
type Bench = {
  readonly pool: KernelPool
  readonly space: GrowingSpace
  readonly loss: Loss
  readonly refit: number | undefined
  readonly directions: Directions | undefined
  /** Rows to learn from: 0 … training−1; held-out rows follow. */
  readonly training: number
  data: TrainingRows
  rows: LossRows
  /** Room for the same rows in another order; undefined where reordering does not pay. */
  spare: { data: TrainingRows; raw: number; target: number } | undefined
}

// Rounds after which the rows are laid out in the leaf order of the tree just grown, so that later trees read them almost in sequence.
const REORDER_AFTER: ReadonlySet<number> = new Set([0, 9, 29])
const REORDER_FROM = 300_000 // rows; fewer stay in the cache anyway

/** Hears the mean losses before the first round and after each; `validation` is null where no row is held out. */
export type RoundListener = (iteration: number, training: number, validation: number | null) => void

/** Trees, and the mean loss of the held-out rows before the first round and after each. */
export type Boosted = { readonly trees: readonly Tree[]; readonly losses: readonly number[] }

/** Runs the rounds of boosting; with held-out rows, it stops when they stop improving and returns the trees up to the best round. */
export function boost(
  matrix: Matrix,
  columns: readonly ColumnBins[],
  objective: Constrained,
  heldOut: HeldOut | undefined,
  params: BoostingParams,
  pace: Pace,
  ctx: FitContext,
  onRound?: RoundListener,
): Boosted {
  const bench = openBench(matrix, columns, objective, heldOut, params, ctx)
  const trees: Tree[] = []
  const losses = heldOut === undefined ? [] : [bench.loss.mean(bench.rows, bench.training, matrix.rows)]
  onRound?.(0, trainingLoss(bench), losses[0] ?? null)
  let best = 0 // rounds that gave the smallest loss
  for (let round = 0; round < pace.maxIterations; round++) {
    ctx.throwIfAborted()
    ctx.progress(round / pace.maxIterations, `round ${round + 1} of ${pace.maxIterations}`)
    const grown = runRound(bench, columns, params, pace, ctx, round)
    if (params.rowSampling === 1 && params.columnSampling === 1 && grown.every((tree) => tree.length === 1)) break // no split gains any more
    trees.push(...grown)
    if (heldOut !== undefined) losses.push(bench.loss.mean(bench.rows, bench.training, matrix.rows))
    onRound?.(round + 1, trainingLoss(bench), losses.at(-1) ?? null)
    const loss = losses.at(-1)
    if (loss === undefined) continue
    if (loss < (losses[best] as number)) best = round + 1
    else if (round + 1 - best >= params.patience) break
  }
  return { trees: heldOut === undefined ? trees : trees.slice(0, best * bench.loss.outputs), losses }
}

/** Rows that the training loss is taken of at most, in blocks spread evenly: it is looked at, nothing hangs on it. */
const LOSS_ROWS = 20_000
const LOSS_BLOCK = 1000

function trainingLoss({ loss, rows, training }: Bench): number {
  if (training <= LOSS_ROWS) return loss.mean(rows, 0, training)
  const blocks = LOSS_ROWS / LOSS_BLOCK
  let sum = 0
  for (let block = 0; block < blocks; block++) {
    const from = Math.floor((block * (training - LOSS_BLOCK)) / (blocks - 1))
    sum += loss.mean(rows, from, from + LOSS_BLOCK)
  }
  return sum / blocks
}

function openBench(
  matrix: Matrix,
  columns: readonly ColumnBins[],
  objective: Constrained,
  heldOut: HeldOut | undefined,
  params: BoostingParams,
  ctx: FitContext,
): Bench {
  const { pool } = ctx
  const { arena } = pool
  const count = matrix.rows
  const training = heldOut?.training ?? count
  const data = binRows(pool, matrix, columns, heldOut?.order, () => {
    ctx.throwIfAborted()
  })
  const stride = Math.ceil(count / 16) * 64
  const outputs = objective.start.length
  const rows: LossRows = { count: training, raw: arena.allocate(stride * outputs), stride, target: arena.allocate(count * 4), gh: arena.allocate(training * 8) }
  objective.start.forEach((start, k) => arena.float32(rows.raw + k * stride, count).fill(start))
  const target = objective.target instanceof Int32Array ? arena.int32(rows.target, count) : arena.float32(rows.target, count)
  for (let i = 0; i < count; i++) target[i] = objective.target[heldOut?.order[i] ?? i] as number
  const reorders = training >= REORDER_FROM && outputs === 1 && params.rowSampling === 1
  return {
    pool,
    space: allocateGrowingSpace(pool, count, columns, params),
    loss: objective.createLoss(pool, training),
    refit: objective.refit,
    directions: objective.directions === undefined ? undefined : placeDirections(pool, objective.directions),
    training,
    data,
    rows,
    spare: reorders ? { data: allocateRows(pool, count, columns.length), raw: arena.allocate(stride), target: arena.allocate(count * 4) } : undefined,
  }
}

function runRound(bench: Bench, columns: readonly ColumnBins[], params: BoostingParams, { learningRate }: Pace, ctx: FitContext, round: number): readonly Tree[] {
  const { pool, space, loss, rows, data, refit, directions } = bench
  const mark = pool.arena.mark()
  loss.beginRound(rows)
  const grown = Array.from({ length: loss.outputs }, (_tree, output) => {
    ctx.throwIfAborted()
    const units = loss.gradients(rows, output)
    describeColumns(pool, space, columns, drawColumns(columns.length, params, ctx, `columns ${round} ${output}`))
    const count = drawTrainingRows(bench, params, ctx, `rows ${round}`)
    const refitted = refit === undefined ? undefined : quantileRefit(pool, rows, space.index, refit)
    return growTree({ pool, data, space, params, learningRate, gh: rows.gh, directions, refit: refitted }, count, params.rowSampling === 1, units)
  })
  const program = placeProgram(pool, compileTrees(grown))
  addScores(pool, program, data.columns, { from: 0, to: data.count }, { address: rows.raw, stride: rows.stride, outputs: loss.outputs })
  pool.arena.release(mark)
  if (REORDER_AFTER.has(round)) reorder(bench)
  return grown
}

/** Puts the rows of this round into the index and returns how many there are. */
function drawTrainingRows({ pool, space, training }: Bench, params: BoostingParams, ctx: FitContext, name: string): number {
  if (params.rowSampling === 1) {
    runOverRange(pool, { from: 0, to: training, least: 16_000, multiple: 4 }, ({ from, to }) => ({ kernel: 'fillAscending', args: [space.index, from, to] }))
    return training
  }
  const count = Math.max(1, Math.round(training * params.rowSampling))
  drawRows(pool.arena.int32(space.index, count), training, count, ctx.rng.fork(name))
  return count
}

function drawColumns(columns: number, { columnSampling }: BoostingParams, ctx: FitContext, name: string): ReadonlySet<number> | undefined {
  if (columnSampling === 1) return undefined
  const drawn = new Int32Array(Math.max(1, Math.round(columns * columnSampling)))
  drawRows(drawn, columns, drawn.length, ctx.rng.fork(name))
  return new Set(drawn)
}

/** Lays the training rows out in the order of the index; held-out rows stay where they are. */
function reorder(bench: Bench): void {
  const { pool, space, spare, data, rows, training } = bench
  if (spare === undefined) return
  const index = pool.arena.int32(space.index, data.count)
  for (let i = training; i < data.count; i++) index[i] = i
  reorderRows(pool, data, spare.data, space.index, data.count)
  overRows(pool, data.count, 'gatherWords', spare.raw, rows.raw, space.index)
  overRows(pool, data.count, 'gatherWords', spare.target, rows.target, space.index)
  bench.data = spare.data
  bench.rows = { ...rows, raw: spare.raw, target: spare.target }
  bench.spare = { data, raw: rows.raw, target: rows.target }
}
