import type { ColumnBins } from './column-bins.ts'

/** How good a forest is on rows that a tree was not grown from. */
export type OutOfBag = {
  readonly measure: 'accuracy' | 'r2'
  readonly value: number
  /** Rows that at least one tree did not see. */
  readonly rows: number
}

/** Trees in the form that kernel `scoreForest` runs; layouts in src/kernels/forest-layout.ts. */
export type ForestTrees = {
  /** Three numbers per tree: its first node, leaf and set; and the totals. */
  readonly starts: Int32Array
  /** Two numbers per node. */
  readonly nodes: Int32Array
  /** Outputs per leaf: the mean of its rows; the share of every class, or of the second of two. */
  readonly values: Float32Array
  /** 32 bytes per split by categories. */
  readonly sets: Uint8Array
}

/** A fitted forest. */
export type ForestState = {
  /** Class names; empty for regression. */
  readonly classes: readonly string[]
  /** Share of each class among the training rows, as they were weighted; empty for regression. */
  readonly shares: readonly number[]
  /** True where rows counted by class. */
  readonly weighted: boolean
  /** Regression: prediction = mean + deviation × mean of the trees. */
  readonly mean: number
  readonly deviation: number
  readonly columns: readonly ColumnBins[]
  readonly trees: ForestTrees
  /** Impurity taken away per column, normalised to sum 1 (all 0 where no tree splits). */
  readonly importance: readonly number[]
  readonly outOfBag: OutOfBag | null
}

/** Number of trees. */
export function treeCount({ starts }: ForestTrees): number {
  return starts.length / 3 - 1
}

/** Numbers per leaf: one for numbers and for two classes. */
export function outputsOf(classes: readonly string[]): number {
  return classes.length > 2 ? classes.length : 1
}
