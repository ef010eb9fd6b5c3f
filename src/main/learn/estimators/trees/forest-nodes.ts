import { binCount, type ColumnBins } from './column-bins.ts'
import type { ForestTrees } from './forest-state.ts'

// Nodes as the kernels write them; layouts in src/kernels/forest-layout.ts.
const LEAF = -1
const PLACE_OF_SET = -2
const BY_SET = 0x200
const MISSING_RIGHT = 0x100

/** The leaf that a row reaches in tree `t`, numbered over all trees; `binOf` gives the row's bin of a column. */
export function leafOf({ starts, nodes, sets }: ForestTrees, t: number, binOf: (feature: number) => number): number {
  const [firstNode, firstLeaf, firstSet] = starts.subarray(t * 3, t * 3 + 3) as unknown as readonly [number, number, number]
  for (let at = 0; ; ) {
    const word = nodes[(firstNode + at) * 2] as number
    const left = nodes[(firstNode + at) * 2 + 1] as number
    if (word < 0) return firstLeaf + left
    const bin = binOf(word >> 10)
    if (word & BY_SET) {
      const set = firstSet + (nodes[(firstNode + left + 2) * 2 + 1] as number)
      at = left + 1 - (((sets[set * 32 + (bin >> 3)] as number) >> (bin & 7)) & 1)
    } else {
      const goesLeft = bin === 0 ? (word & MISSING_RIGHT) === 0 : bin <= (word & 255)
      at = goesLeft ? left : left + 1
    }
  }
}

/** Number of leaves of the largest tree. */
export function mostLeaves({ starts }: ForestTrees): number {
  let most = 0
  for (let t = 0; t + 3 < starts.length; t += 3) most = Math.max(most, (starts[t + 4] as number) - (starts[t + 1] as number))
  return most
}

/**
 * What is wrong with trees over these columns, undefined where nothing is: every node but the root is the child of one node before it, leaves and
 * sets are numbered within their tree, columns and bins exist.
 */
export function flawOf(trees: ForestTrees, outputs: number, columns: readonly ColumnBins[]): string | undefined {
  const { starts, nodes, values, sets } = trees
  const [nodeCount, leafCount, setCount] = [nodes.length / 2, values.length / outputs, sets.length / 32]
  if (starts.length < 3 || starts.length % 3 !== 0 || starts.subarray(0, 3).some((start) => start !== 0)) return 'trees have no proper starts'
  const ends = starts.subarray(-3)
  if (ends[0] !== nodeCount || ends[1] !== leafCount || ends[2] !== setCount) return 'nodes, leaves or sets do not match the trees'
  for (const value of values) if (!Number.isFinite(value)) return 'a leaf has a value that is not finite'
  const known = new Uint8Array(nodeCount) // nodes that have a parent
  for (let t = 0; t + 3 < starts.length; t += 3) {
    const part = starts.subarray(t, t + 6)
    const [node, leaf, set, nextNode, nextLeaf, nextSet] = part as unknown as readonly [number, number, number, number, number, number]
    if (nextNode <= node || nextLeaf <= leaf || nextSet < set || nextNode > nodeCount || nextLeaf > leafCount || nextSet > setCount) return `tree ${t / 3} has no proper size`
    const flaw = flawOfTree(nodes.subarray(node * 2, nextNode * 2), { leaves: nextLeaf - leaf, sets: nextSet - set }, columns, known.subarray(node, nextNode))
    if (flaw !== undefined) return `tree ${t / 3} ${flaw}`
  }
  return undefined
}

function flawOfTree(nodes: Int32Array, count: { readonly leaves: number; readonly sets: number }, columns: readonly ColumnBins[], known: Uint8Array): string | undefined {
  known[0] = 1
  for (let at = 0; at < known.length; at++) {
    const [word, next] = [nodes[at * 2] as number, nodes[at * 2 + 1] as number]
    if (known[at] !== 1) return 'has a loose node'
    if (word < 0) {
      if (word < PLACE_OF_SET || next < 0 || next >= (word === LEAF ? count.leaves : count.sets)) return 'names a leaf or a set that does not exist'
      continue
    }
    const column = columns[word >> 10]
    const bySet = (word & BY_SET) !== 0
    if (column === undefined || bySet !== (column.kind === 'categorical')) return 'splits a column that does not exist'
    if (!bySet && (word & 255) >= binCount(column)) return 'names a bin that does not exist'
    if (!bySet && (word & MISSING_RIGHT) !== 0 && (word & 255) === 0) return 'has a split that divides nothing'
    const width = bySet ? 3 : 2
    if (next <= at || next + width > known.length) return 'is not a tree'
    for (let child = next; child < next + width; child++) {
      if (known[child] !== 0 || ((nodes[child * 2] as number) === PLACE_OF_SET) !== (child === next + 2)) return 'is not a tree'
      known[child] = 1
    }
  }
  return undefined
}
