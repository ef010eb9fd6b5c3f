import { z } from 'zod'
import { classWeightParam } from '../class-weights.ts'

/** Parameters of forests; what differs between them is given by their own defaults. */
export function forestParams(defaults: { readonly bootstrap: boolean; readonly trees: number }) {
  return z.strictObject({
    trees: z.int().min(1).max(5000).default(defaults.trees).describe('Number of trees; more are never worse, only slower and larger'),
    columnsPerSplit: z
      .union([z.number().gt(0).max(1), z.literal('auto'), z.literal('sqrt')])
      .default('auto')
      .describe('Part of the columns that each split looks at; sqrt: as many as the square root of their number; auto: sqrt for classes, 0.5 for numbers'),
    minSamplesLeaf: z
      .union([z.int().min(1), z.literal('auto')])
      .default('auto')
      .describe('Fewest training rows in a leaf, rows drawn twice counted twice; auto: 3 for two classes, else 1, and more for many rows, so that no tree has more than 16,384 leaves'),
    maxDepth: z.union([z.int().min(1).max(10_000), z.literal('none')]).default('none').describe('Most splits from the root to a leaf'),
    criterion: z.enum(['gini', 'entropy']).default('gini').describe('How impurity of classes is measured; numbers: always the variance'),
    bootstrap: z.boolean().default(defaults.bootstrap).describe('Draw the rows of each tree with replacement; rows that are not drawn tell how good the forest is (out of bag)'),
    rowSampling: z.number().gt(0).max(1).default(1).describe('Rows drawn for each tree, as a part of all rows'),
    maxBins: z.int().min(2).max(255).default(255).describe('Most bins of a numeric column'),
    classWeight: classWeightParam,
  })
}

/** Parameters after defaults. */
export type ForestParams = z.infer<ReturnType<typeof forestParams>>

const MOST_LEAVES = 16_384
/** With two classes, larger leaves gave better probabilities on most of ten public data sets, by cross-validation on their training rows. */
const LEAST_OF_TWO_CLASSES = 3

/** What a tree is grown with, after `auto`. */
export type Growth = {
  /** Rows drawn per tree. */
  readonly draws: number
  readonly columnsPerSplit: number
  readonly minSamplesLeaf: number
  readonly maxDepth: number
  /** Leaves that a tree can have at most. */
  readonly mostLeaves: number
}

/** Settles `auto` for data of this shape; `classes` is 0 for numbers. */
export function growthOf(params: ForestParams, shape: { readonly rows: number; readonly columns: number; readonly classes: number }): Growth {
  const { rows, columns, classes } = shape
  const draws = Math.max(1, Math.round(rows * params.rowSampling))
  const part = params.columnsPerSplit === 'auto' ? (classes > 0 ? 'sqrt' : 0.5) : params.columnsPerSplit
  const columnsPerSplit = Math.max(1, part === 'sqrt' ? Math.floor(Math.sqrt(columns)) : Math.round(columns * part))
  const usual = classes === 2 ? LEAST_OF_TWO_CLASSES : 1
  const minSamplesLeaf = params.minSamplesLeaf === 'auto' ? Math.max(usual, Math.ceil(draws / MOST_LEAVES)) : params.minSamplesLeaf
  const maxDepth = params.maxDepth === 'none' ? 2 ** 30 : params.maxDepth
  const mostLeaves = Math.max(1, Math.min(Math.floor(draws / minSamplesLeaf), 2 ** Math.min(30, maxDepth)))
  return { draws, columnsPerSplit, minSamplesLeaf, maxDepth, mostLeaves }
}
