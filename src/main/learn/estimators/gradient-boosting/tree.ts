/** A split of one tree. */
export type Split = {
  readonly kind: 'split'
  readonly feature: number
  /** Numeric: the last bin that goes left. Categorical: 0. */
  readonly bin: number
  /** Numeric: bin 0 (missing) goes right. */
  readonly missingRight: boolean
  /** Categorical: 32 bytes, bit b set where bin b goes left; undefined for a numeric split. */
  readonly goesLeft: Uint8Array | undefined
  readonly gain: number
  /** Places of the children in the tree; both are greater than the split's own. */
  readonly left: number
  readonly right: number
}

/** An end of a tree: what it adds to the raw score. */
export type Leaf = { readonly kind: 'leaf'; readonly value: number }

/** A node of a tree. */
export type TreeNode = Split | Leaf

/** A tree by its nodes, the root first. */
export type Tree = readonly TreeNode[]

/** Number of leaves of a tree. */
export function leafCount(tree: Tree): number {
  return (tree.length + 1) / 2
}
