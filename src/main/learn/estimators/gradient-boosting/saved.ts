import { z } from 'zod'
import type { MillraceError } from '#shared/errors.ts'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'
import { binCount, type ColumnBins } from '../trees/column-bins.ts'
import { loadColumns, saveColumns, savedColumnsSchema } from '../trees/saved-columns.ts'
import type { BoostingState } from './state.ts'
import type { Tree, TreeNode } from './tree.ts'

// Arrays of a saved model
//   thresholds  f32: the numeric columns', one after the other     codes  u8: the categorical columns' bins by code
//   roots       i32: first node of each tree, and the total
//   nodes       i32 × 5 per node: feature (−1: leaf), bin, flags, left, right (counted from the tree's root)
//   values      f32 per node: a leaf's value, a split's gain       sets   u8 × 32 per categorical split, in the order of the nodes
const NODE_WORDS = 5
const MISSING_RIGHT = 1
const CATEGORICAL = 2
const MOST_LEAVES = 255

const finite = z.number()
const savedSchema = z.strictObject({
  formatVersion: z.literal(1),
  classes: z.array(z.string()),
  start: z.array(finite).min(1),
  mean: finite,
  deviation: finite,
  columns: savedColumnsSchema,
  // Written only where they differ from the defaults, as they were added later.
  link: z.enum(['identity', 'log']).default('identity'),
  weighted: z.boolean().default(false),
  objective: z.string().optional(),
  importance: z.array(z.number().min(0)),
})

type SavedJson = z.input<typeof savedSchema>

/** A model as JSON and typed arrays. */
export function saveBoosting(state: BoostingState): SavedState {
  const columns = saveColumns(state.columns)
  const nodes = state.trees.flat()
  const roots = [0]
  for (const tree of state.trees) roots.push((roots.at(-1) as number) + tree.length)
  const json: SavedJson = {
    formatVersion: 1,
    classes: [...state.classes],
    start: [...state.start],
    mean: state.mean,
    deviation: state.deviation,
    columns: columns.json,
    ...(state.link === 'log' ? { link: 'log' as const } : {}),
    ...(state.weighted ? { weighted: true } : {}),
    ...(state.objective === undefined ? {} : { objective: state.objective }),
    importance: [...state.importance],
  }
  return {
    json,
    arrays: {
      ...columns.arrays,
      roots: Int32Array.from(roots),
      nodes: Int32Array.from(nodes.flatMap(nodeWords)),
      values: Float32Array.from(nodes, (node) => (node.kind === 'leaf' ? node.value : node.gain)),
      sets: Uint8Array.from(nodes.flatMap((node) => (node.kind === 'split' && node.goesLeft !== undefined ? [...node.goesLeft] : []))),
    },
  }
}

function nodeWords(node: TreeNode): readonly number[] {
  if (node.kind === 'leaf') return [-1, 0, 0, 0, 0]
  const flags = (node.missingRight ? MISSING_RIGHT : 0) | (node.goesLeft === undefined ? 0 : CATEGORICAL)
  return [node.feature, node.bin, flags, node.left, node.right]
}

/** The inverse of `saveBoosting`. Every index is checked: a damaged or hostile file throws MillraceError `corrupt` and nothing else. */
export function loadBoosting(saved: SavedState): BoostingState {
  const parsed = savedSchema.safeParse(saved.json)
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const { classes, start, mean, deviation, link, weighted, objective, importance } = parsed.data
  if (link === 'log' && classes.length > 0) throw corrupt('classes have no log link')
  if (start.length !== (classes.length > 2 ? classes.length : 1)) throw corrupt(`${start.length} outputs for ${classes.length} classes`)
  const columns = loadColumns(parsed.data.columns, saved, 'gradient-boosting')
  if (importance.length !== columns.length) throw corrupt('importance does not match the columns')
  const trees = loadTrees(saved, columns)
  if (trees.length % start.length !== 0) throw corrupt(`${trees.length} trees for ${start.length} outputs`)
  return { classes, start, mean, deviation, link, weighted, objective, columns, trees, importance }
}

function loadTrees(saved: SavedState, columns: readonly ColumnBins[]): readonly Tree[] {
  const roots = words(saved, 'roots')
  const nodes = words(saved, 'nodes')
  const values = floats(saved, 'values')
  const sets = bytes(saved, 'sets')
  if (nodes.length !== values.length * NODE_WORDS || roots[0] !== 0 || roots.at(-1) !== values.length) throw corrupt('nodes do not match the trees')
  let nextSet = 0
  const takeSet = (): Uint8Array => {
    if (nextSet + 32 > sets.length) throw corrupt('a categorical split has no set')
    return sets.slice(nextSet, (nextSet += 32))
  }
  const trees: Tree[] = []
  for (let t = 0; t + 1 < roots.length; t++) {
    const [first, end] = [roots[t] as number, roots[t + 1] as number]
    if (end <= first || end - first > 2 * MOST_LEAVES - 1 || end > values.length) throw corrupt(`tree ${t} has no proper size`)
    const tree = Array.from({ length: end - first }, (_node, k) =>
      loadNode(nodes.subarray((first + k) * NODE_WORDS, (first + k + 1) * NODE_WORDS), values[first + k] as number, columns, takeSet),
    )
    checkShape(tree, t)
    trees.push(tree)
  }
  if (nextSet !== sets.length) throw corrupt('sets do not match the splits')
  return trees
}

function loadNode(word: Int32Array, value: number, columns: readonly ColumnBins[], takeSet: () => Uint8Array): TreeNode {
  const [feature = -1, bin = 0, flags = 0, left = 0, right = 0] = word
  if (!Number.isFinite(value)) throw corrupt('a node has a value that is not finite')
  if (feature === -1) return { kind: 'leaf', value }
  const column = columns[feature]
  const categorical = (flags & CATEGORICAL) !== 0
  const missingRight = (flags & MISSING_RIGHT) !== 0
  if (column === undefined || categorical !== (column.kind === 'categorical')) throw corrupt(`a split names column ${feature}`)
  if (bin < (missingRight ? 1 : 0) || bin >= binCount(column)) throw corrupt(`a split names bin ${bin}`)
  return { kind: 'split', feature, bin, missingRight, goesLeft: categorical ? takeSet() : undefined, gain: value, left, right }
}

/** Children lie behind their parent, and every node but the root has exactly one parent: a tree, without cycles. */
function checkShape(tree: Tree, t: number): void {
  const parents = new Uint8Array(tree.length)
  tree.forEach((node, at) => {
    if (node.kind === 'leaf') return
    for (const child of [node.left, node.right]) {
      if (child <= at || child >= tree.length || parents[child] !== 0) throw corrupt(`tree ${t} is not a tree`)
      parents[child] = 1
    }
  })
  if (parents.indexOf(0, 1) !== -1) throw corrupt(`tree ${t} has loose nodes`)
}

function floats(saved: SavedState, name: string): Float32Array {
  return savedArray<Float32Array>(saved, name, Float32Array, 'gradient-boosting')
}

function words(saved: SavedState, name: string): Int32Array {
  return savedArray<Int32Array>(saved, name, Int32Array, 'gradient-boosting')
}

function bytes(saved: SavedState, name: string): Uint8Array {
  return savedArray<Uint8Array>(saved, name, Uint8Array, 'gradient-boosting')
}

function corrupt(why: string): MillraceError {
  return unreadableState('gradient-boosting', why)
}
