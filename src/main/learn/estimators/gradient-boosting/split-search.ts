import type { KernelCall, KernelPool } from '../../../wasm/kernel-pool.ts'
import { cutRange } from '../../../wasm/ranges.ts'
import type { Grower } from './grow-tree.ts'
import type { Units } from './loss.ts'
import type { Bounds } from './monotone.ts'
import type { Division } from './partition-rows.ts'

/** The best split of a node. */
export type FoundSplit = Division & { readonly gain: number }

/** A node whose histogram is ready. */
export type Searchable = { readonly histogram: number; readonly count: number; readonly bounds: Bounds }

const LEAST_GAIN = 1e-9
const LEAST_FEATURES = 8 // per call, and
const LEAST_ROWS = 2000 // in all nodes, below which threads cost more than they bring: they fall asleep between calls

/** Searches the best split of each of one or two nodes at the same time; undefined where a node has none. */
export function searchSplits(
  { pool, space, data: { features }, params, directions }: Grower,
  nodes: readonly Searchable[],
  units: Units,
): readonly (FoundSplit | undefined)[] {
  const alone = features < LEAST_FEATURES || nodes.reduce((sum, { count }) => sum + count, 0) < LEAST_ROWS
  const threads = alone ? 1 : pool.threads
  const chunks = cutRange(0, features, Math.max(1, Math.floor(threads / nodes.length)))
  const tasks = nodes.flatMap((node) => chunks.map((chunk) => ({ node, chunk })))
  const calls = tasks.map(({ node, chunk }, t): KernelCall => {
    const { l2, minSamplesLeaf, minHessian, categoricalSmoothing, categoricalL2 } = params
    const constraint = directions === undefined ? [] : [directions.address, node.bounds.low, node.bounds.high]
    return {
      kernel: directions === undefined ? 'findSplit' : 'findMonotoneSplit',
      args: [
        ...[node.histogram, chunk.from, chunk.to, space.describe, node.count, units.gradient, units.hessian, l2, minSamplesLeaf, minHessian],
        ...[categoricalSmoothing, categoricalL2, space.results + t * 128, space.scratch + (t % threads) * 4096, ...constraint],
      ],
    }
  })
  for (let first = 0; first < calls.length; first += threads) pool.together(calls.slice(first, first + threads))
  return nodes.map((_node, k) =>
    chunks.map((_chunk, c) => readSplit(pool, space.results + (k * chunks.length + c) * 128)).reduce((best, split) => better(best, split)),
  )
}

function readSplit(pool: KernelPool, address: number): FoundSplit | undefined {
  const [gain, feature, bin, missingRight, , , isSet] = pool.arena.float64(address, 7) as unknown as readonly [number, number, number, number, number, number, number]
  if (feature < 0 || gain <= LEAST_GAIN) return undefined
  const goesLeft = isSet === 1 ? Uint8Array.from(pool.arena.bytes(address + 64, 32)) : undefined
  return { feature, gain, goesLeft, bin: goesLeft === undefined ? bin : 0, missingRight: goesLeft === undefined && missingRight === 1 }
}

/** The kernel's order over all features: larger gain, then numeric before categorical, then the lower feature. */
function better(a: FoundSplit | undefined, b: FoundSplit | undefined): FoundSplit | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.gain !== b.gain) return a.gain > b.gain ? a : b
  return a.goesLeft !== undefined && b.goesLeft === undefined ? b : a
}
