import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import type { ForestWork, Shared } from './grow-forest.ts'

/** Where one thread grows a tree, in the kernels' memory; the record is laid out in src/kernels/forest-layout.ts. */
export type Desk = {
  readonly record: number
  /** u8 per row: how often it was drawn. */
  readonly counts: number
  readonly nodes: number
  readonly values: number
  readonly sets: number
  readonly gains: number
}

/** A tree taken from its desk. */
export type FinishedTree = {
  readonly nodes: Int32Array
  readonly values: Float32Array
  readonly sets: Uint8Array
  readonly leaves: number
  readonly gains: Float64Array
}

const RECORD_BYTES = 512
const RANDOM_CUTS = 1
const ENTROPY = 2
const WITH_REPLACEMENT = 4
const UNIT = 104 // byte offsets in the record
const NODES_USED = 124
const LEAVES_USED = 128
const SETS_USED = 132

/** Bytes that a desk takes; `classes` is 0 for numbers. */
export function deskBytes(shape: { readonly rows: number; readonly columns: number; readonly classes: number; readonly outputs: number; readonly mostLeaves: number; readonly categorical: boolean }): number {
  const { rows, columns, classes, outputs, mostLeaves, categorical } = shape
  const perLeaf = 16 + outputs * 4 + (categorical ? 40 : 0)
  return rows * 17 + mostLeaves * perLeaf + columns * 12 + cellBytes(classes) + scratchBytes(classes) + RECORD_BYTES + 2048
}

function cellBytes(classes: number): number {
  return 256 * Math.max(16, classes * 4)
}

function scratchBytes(classes: number): number {
  return 4096 + classes * 32
}

/** Allocates `count` desks and fills their records. */
export function allocateDesks(pool: KernelPool, work: ForestWork, shared: Shared, count: number): readonly Desk[] {
  return Array.from({ length: count }, () => allocateDesk(pool, work, shared))
}

function allocateDesk(pool: KernelPool, work: ForestWork, shared: Shared): Desk {
  const { arena } = pool
  const { matrix, columns, target, outputs, params, growth, randomCuts } = work
  const classes = target.classes.length
  const categorical = columns.some(({ kind }) => kind === 'categorical')
  const zeroed = (bytes: number): number => {
    const address = arena.allocate(bytes)
    arena.bytes(address, bytes).fill(0)
    return address
  }
  const record = zeroed(RECORD_BYTES)
  const entries = arena.allocate(matrix.rows * 8)
  const aside = arena.allocate(matrix.rows * 8)
  const counts = arena.allocate(matrix.rows)
  const nodes = arena.allocate(growth.mostLeaves * (categorical ? 24 : 16))
  const values = arena.allocate(growth.mostLeaves * outputs * 4)
  const sets = arena.allocate(categorical ? growth.mostLeaves * 32 : 0)
  const gains = arena.allocate(columns.length * 8)
  const order = arena.allocate(columns.length * 4)
  const [cells, scratch, stack] = [zeroed(cellBytes(classes)), zeroed(scratchBytes(classes)), arena.allocate(1024)]
  const flags = (randomCuts ? RANDOM_CUTS : 0) | (params.criterion === 'entropy' ? ENTROPY : 0) | (params.bootstrap ? WITH_REPLACEMENT : 0)
  arena.int32(record, 25).set([
    ...[matrix.rows, columns.length, shared.columns.address, shared.columns.stride, shared.describe, shared.target, classes, shared.weights],
    ...[growth.columnsPerSplit, growth.minSamplesLeaf, growth.maxDepth, flags, entries, aside, counts, nodes, values, sets],
    ...[gains, order, cells, scratch, stack, growth.draws, outputs],
  ])
  arena.float64(record + UNIT, 1)[0] = target.unit
  return { record, counts, nodes, values, sets, gains }
}

/** Copies a finished tree out of the kernels' memory. */
export function finishedTree(pool: KernelPool, desk: Desk, outputs: number, columns: number): FinishedTree {
  const { arena } = pool
  const used = (offset: number): number => arena.int32(desk.record + offset, 1)[0] as number
  const leaves = used(LEAVES_USED)
  return {
    nodes: Int32Array.from(arena.int32(desk.nodes, used(NODES_USED) * 2)),
    values: Float32Array.from(arena.float32(desk.values, leaves * outputs)),
    sets: Uint8Array.from(arena.bytes(desk.sets, used(SETS_USED) * 32)),
    leaves,
    gains: Float64Array.from(arena.float64(desk.gains, columns)),
  }
}
