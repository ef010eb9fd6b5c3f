import { expect, test } from 'vitest'
import type { Rng } from '../../../src/main/base/rng.ts'
import { addScores, compileTrees, placeProgram } from '../../../src/main/learn/estimators/gradient-boosting/scoring-program.ts'
import type { Tree, TreeNode } from '../../../src/main/learn/estimators/gradient-boosting/tree.ts'
import { forSeeds, pool, randomBins, room } from './kernel-bench.ts'
import { referenceScore } from './score.reference.ts'

/** A tree of random shape and random splits. */
function randomTree(rng: Rng, leaves: number, features: number): Tree {
  const leaf = (): TreeNode => ({ kind: 'leaf', value: Math.fround(rng.normal()) })
  const nodes: TreeNode[] = [leaf()]
  for (let count = 1; count < leaves; count++) {
    const open = nodes.flatMap((node, at) => (node.kind === 'leaf' ? [at] : []))
    const missingRight = rng.below(2) === 1
    const at = rng.below(3) === 0 ? (open.at(-1) as number) : (open[rng.below(open.length)] as number) // now and then a deep, narrow branch
    nodes[at] = {
      kind: 'split',
      feature: rng.below(features),
      bin: missingRight ? 1 + rng.below(255) : rng.below(256),
      missingRight,
      goesLeft: rng.below(3) === 0 ? Uint8Array.from({ length: 32 }, () => rng.below(256)) : undefined,
      gain: 1,
      left: nodes.push(leaf()) - 1,
      right: nodes.push(leaf()) - 1,
    }
  }
  return nodes
}

test('score gives every row the leaf that a walk through the tree gives: 1 to 255 leaves, any number of rows, several outputs', () => {
  forSeeds(60, (rng, seed) => {
    const rows = [1, 2, 63, 64, 65, 130, 200][seed % 7] as number
    const features = 1 + rng.below(40)
    const outputs = 1 + (seed % 3)
    const bins = randomBins(rng, rows, features, 256)
    const trees = Array.from({ length: outputs * 3 }, (_t, t) => randomTree(rng, [1, 2, 8, 9, 31, 33, 64, 255][(seed + t) % 8] as number, features))
    const stride = rows * 4 + 64
    const out = room(stride * outputs)
    for (let k = 0; k < outputs; k++) pool.arena.float32(out + k * stride, rows).fill(0.5)
    const program = placeProgram(pool, compileTrees(trees))
    addScores(pool, program, { address: bins.columns, stride: bins.stride }, { from: 0, to: rows }, { address: out, stride, outputs })
    for (let k = 0; k < outputs; k++) {
      const expected = bins.cells.map((cells) => trees.filter((_t, t) => t % outputs === k).reduce((sum, tree) => Math.fround(sum + referenceScore(tree, cells)), 0.5))
      expect([...pool.arena.float32(out + k * stride, rows)]).toEqual(expected)
      expect([...pool.arena.bytes(out + k * stride + rows * 4, 16)]).toEqual(Array.from({ length: 16 }, () => 0xa5))
    }
  })
})
