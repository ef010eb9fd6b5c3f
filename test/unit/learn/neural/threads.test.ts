import { expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { batchNorm } from '../../../../src/main/compute/layers/batch-norm.ts'
import { dense } from '../../../../src/main/compute/layers/dense.ts'
import { embedding } from '../../../../src/main/compute/layers/embedding.ts'
import { softmaxCrossEntropy } from '../../../../src/main/compute/losses/cross-entropy.ts'
import type { Network } from '../../../../src/main/compute/network.ts'
import { networkOf as convolutional } from '../../../../src/main/learn/estimators/convnet/network.ts'
import { networkOf as recurrent } from '../../../../src/main/learn/estimators/recurrent/network.ts'
import { trainNetworks } from '../../../../src/main/learn/neural/train-networks.ts'
import type { LearningRows } from '../../../../src/main/learn/neural/training-data.ts'
import { madeContext, madePlan } from './made-plan.ts'

const OUTPUTS = 3
const image = { height: 12, width: 12, channels: 1, filters: [16, 32], size: 3, pooling: 'max' as const, batchNorm: true, hidden: 40, dropout: 0.1 }

function rowsOf(rows: number, width: number): LearningRows {
  const rng = createRng(4)
  return {
    rows, numbers: new Float32Array(rows * width).map(() => rng.normal()), codes: new Int32Array(0),
    target: Int32Array.from({ length: rows }, () => rng.below(OUTPUTS)), weights: new Float32Array(rows).fill(1),
  }
}

// A checkpoint does not say how many threads it is of, because of this.
it.each<[string, number, Network]>([
  ['wide layers and a narrow end', 70, { stem: embedding(70, []), layers: [dense(70, 520, 'relu'), batchNorm(520), dense(520, 37, 'relu'), dense(37, OUTPUTS, 'linear')] }],
  ['convolutions', 144, convolutional({ ...image, separable: false }, OUTPUTS)],
  ['separable convolutions', 144, convolutional({ ...image, separable: true }, OUTPUTS)],
  ['long short-term memory', 120, recurrent({ steps: 12, features: 10, cell: 'lstm', units: 33, layerNorm: true, hidden: 20, dropout: 0 }, OUTPUTS)],
  ['gated recurrent units', 120, recurrent({ steps: 12, features: 10, cell: 'gru', units: 33, layerNorm: true, hidden: 20, dropout: 0 }, OUTPUTS)],
])('%s: a network learns the same bits on any number of threads', async (_, width, network) => {
  const weightsOn = async (threads: number) => {
    const plan = madePlan(
      { network, outputs: OUTPUTS, loss: softmaxCrossEntropy, train: rowsOf(700, width), validation: rowsOf(150, width), startBackend: () => startBackend('wasm', { threads }) },
      { epochs: 2, batchSize: 350 },
    )
    return (await trainNetworks(plan, madeContext().ctx)).networks
  }
  const alone = await weightsOn(1)
  expect(await weightsOn(2)).toEqual(alone)
  expect(await weightsOn(5)).toEqual(alone)
})
