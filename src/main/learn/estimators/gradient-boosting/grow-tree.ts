import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { runOverRange } from '../../../wasm/ranges.ts'
import type { GrowingSpace } from './growing-space.ts'
import { buildHistogram, sumCells, type FixedSum } from './histograms.ts'
import type { Units } from './loss.ts'
import type { BoostingParams } from './params.ts'
import { boundsBelow, FREE, within, type Bounds, type Directions } from './monotone.ts'
import { partitionRows } from './partition-rows.ts'
import type { LeafRefit } from './refit-leaves.ts'
import { searchSplits, type FoundSplit } from './split-search.ts'
import type { TrainingRows } from './training-rows.ts'
import type { Tree, TreeNode } from './tree.ts'

/** What a tree is grown from. */
export type Grower = {
  readonly pool: KernelPool
  readonly data: TrainingRows
  readonly space: GrowingSpace
  readonly params: BoostingParams
  /** Part of a Newton step that a leaf takes. */
  readonly learningRate: number
  /** i64 gradient and hessian per row. */
  readonly gh: number
  /** Directions by column that predictions must follow; undefined: none. */
  readonly directions: Directions | undefined
  /** Gives leaves their values in place of a Newton step. */
  readonly refit: LeafRefit | undefined
}

/** A leaf that may still be split. */
type OpenLeaf = {
  readonly place: number
  readonly from: number
  readonly to: number
  /** Sum of all its cells. */
  readonly total: FixedSum
  /** Address of its histogram; 0 where it was not needed. */
  readonly histogram: number
  readonly split: FoundSplit | undefined
  readonly bounds: Bounds
}

/**
 * Grows one tree over the rows in the first `count` entries of the index, best split first, until it has `maxLeaves` leaves or no split gains.
 * `inOrder` says that those entries are 0 … count−1. Afterwards the index holds the same rows grouped by leaf.
 */
export function growTree(grower: Grower, count: number, inOrder: boolean, units: Units): Tree {
  const { pool, data, space, params, gh } = grower
  const nodes: TreeNode[] = []
  const ends: Child[] = [] // by place in the tree
  const place = (child: Child): number => {
    ends.push(child)
    return nodes.push({ kind: 'leaf', value: leafValue(child, units, grower) }) - 1
  }
  buildHistogram(pool, data, space, gh, { index: inOrder ? 0 : space.index, from: 0, to: count }, space.slots)
  const total = sumCells(pool, space.slots, 0, space.usedCells, () => true)
  const root = { from: 0, to: count, total, bounds: FREE }
  const [split] = searchSplits(grower, [{ histogram: space.slots, count, bounds: FREE }], units)
  let open: readonly OpenLeaf[] = [{ ...root, place: place(root), histogram: space.slots, split }]
  for (let leaves = 1; leaves < params.maxLeaves; leaves++) {
    const best = mostGain(open)
    if (best?.split === undefined) break
    const divided = divide(grower, best, best.split, units)
    const children = [place(divided.left), place(divided.right)] as const
    nodes[best.place] = { kind: 'split', ...divided.split, left: children[0], right: children[1] }
    const free = space.slots + leaves * space.slotBytes
    const found = leaves + 1 < params.maxLeaves ? prepare(grower, divided, best.histogram, free, units) : []
    open = open.filter((leaf) => leaf !== best)
    open = [...open, ...found.map((leaf, k) => ({ ...leaf, place: children[k] as number }))]
  }
  return refitted(nodes, ends, grower)
}

type Child = { readonly from: number; readonly to: number; readonly total: FixedSum; readonly bounds: Bounds }

/** The same tree with leaves that `refit` gives their values, within their bounds. */
function refitted(nodes: readonly TreeNode[], ends: readonly Child[], { refit, learningRate }: Grower): Tree {
  if (refit === undefined) return nodes
  return nodes.map((node, at) => {
    const end = ends[at]
    return node.kind === 'leaf' && end !== undefined ? { ...node, value: Math.fround(learningRate * within(refit(end.from, end.to), end.bounds)) } : node
  })
}

function mostGain(open: readonly OpenLeaf[]): OpenLeaf | undefined {
  let best: OpenLeaf | undefined
  for (const leaf of open) if (leaf.split !== undefined && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf
  return best
}

/** Divides a leaf's rows, and decides where rows go that are missing here for the first time when the model is used: with most rows. */
function divide(grower: Grower, leaf: OpenLeaf, found: FoundSplit, units: Units): { readonly left: Child; readonly right: Child; readonly split: FoundSplit } {
  const { pool, data, space, params, directions } = grower
  const goesLeft = (bin: number): boolean => {
    if (found.goesLeft !== undefined) return (((found.goesLeft[bin >> 3] as number) >> (bin & 7)) & 1) === 1
    return bin <= found.bin && (bin > 0 || !found.missingRight)
  }
  const total = sumCells(pool, leaf.histogram, found.feature, space.usedCells, goesLeft)
  const missing = sumCells(pool, leaf.histogram, found.feature, 1, () => true)
  const middle = leaf.from + partitionRows(pool, data, space, leaf, found)
  const other = { gradient: leaf.total.gradient - total.gradient, hessian: leaf.total.hessian - total.hessian }
  const step = (sum: FixedSum): number => newtonStep(sum, units, params.l2)
  const [lower, upper] = directions === undefined ? [FREE, FREE] : boundsBelow(leaf.bounds, found, directions, step(total), step(other))
  const left = { from: leaf.from, to: middle, total, bounds: lower }
  const right = { from: middle, to: leaf.to, total: other, bounds: upper }
  const unseen = missing.gradient === 0 && missing.hessian === 0
  return { left, right, split: unseen ? sendMissing(found, middle - leaf.from >= leaf.to - middle) : found }
}

function sendMissing(split: FoundSplit, left: boolean): FoundSplit {
  if (split.goesLeft === undefined) return split.bin === 0 ? split : { ...split, missingRight: !left }
  const goesLeft = split.goesLeft.slice()
  goesLeft[0] = ((goesLeft[0] as number) & 254) | (left ? 1 : 0)
  return { ...split, goesLeft }
}

/** Histograms and best splits of two children: the smaller one is counted, the other is parent − sibling, in the parent's place. */
function prepare(
  grower: Grower,
  { left, right }: { readonly left: Child; readonly right: Child },
  parent: number,
  free: number,
  units: Units,
): readonly Omit<OpenLeaf, 'place'>[] {
  const { pool, data, space, params, gh } = grower
  const tooSmall = ({ from, to }: Child): boolean => to - from < 2 * params.minSamplesLeaf
  if (tooSmall(left) && tooSmall(right)) return []
  const smallerLeft = left.to - left.from <= right.to - right.from
  buildHistogram(pool, data, space, gh, { index: space.index, ...(smallerLeft ? left : right) }, free)
  runOverRange(pool, { from: 0, to: space.slotBytes / 2048, least: Math.ceil(40_000 / space.usedCells), multiple: 1 }, ({ from, to }) => ({
    kernel: 'subtractCells',
    args: [parent + from * 2048, free + from * 2048, to - from, space.usedCells],
  }))
  const children = [
    { ...left, count: left.to - left.from, histogram: smallerLeft ? free : parent },
    { ...right, count: right.to - right.from, histogram: smallerLeft ? parent : free },
  ]
  const splits = searchSplits(grower, children, units)
  return children.map((child, k) => ({ ...child, split: splits[k] }))
}

/** Newton step of a leaf, −η·G/(H+λ) within its bounds, rounded as the kernels add it. */
function leafValue({ total, bounds }: Child, units: Units, { params: { l2 }, learningRate, directions }: Grower): number {
  const curvature = total.hessian * units.hessian + l2
  if (directions !== undefined) return Math.fround(learningRate * within(newtonStep(total, units, l2), bounds))
  return curvature > 0 ? Math.fround((-learningRate * total.gradient * units.gradient) / curvature) : 0
}

function newtonStep(total: FixedSum, units: Units, l2: number): number {
  const curvature = total.hessian * units.hessian + l2
  return curvature > 0 ? (-total.gradient * units.gradient) / curvature : 0
}
