import type { Tree } from '../../../src/main/learn/estimators/gradient-boosting/tree.ts'

/** The value of the leaf that a row of bins ends in, by walking the tree. */
export function referenceScore(tree: Tree, cells: readonly number[]): number {
  let at = 0
  for (;;) {
    const node = tree[at]
    if (node === undefined) throw new Error(`no node ${at}`)
    if (node.kind === 'leaf') return node.value
    const bin = cells[node.feature] as number
    const set = node.goesLeft
    const left = set === undefined ? (bin === 0 ? !node.missingRight : bin <= node.bin) : (((set[bin >> 3] as number) >> (bin & 7)) & 1) === 1
    at = left ? node.left : node.right
  }
}
