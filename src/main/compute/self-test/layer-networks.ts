import { createRng } from '../../base/rng.ts'
import { batchNorm } from '../layers/batch-norm.ts'
import { convolution } from '../layers/convolution.ts'
import { dense } from '../layers/dense.ts'
import { embedding } from '../layers/embedding.ts'
import { lstm } from '../layers/lstm.ts'
import { maxPool } from '../layers/max-pool.ts'
import { reshape } from '../layers/reshape.ts'
import { softmaxCrossEntropy } from '../losses/cross-entropy.ts'
import { parametersOf, trainingStep, type Network } from '../network.ts'
import { tf } from '../tensors.ts'
import { fixedNumbers, labels, type NetworkKind } from './networks.ts'
import type { TrainStep } from './train-step.ts'

/** The networks that learners are made of: our layers with gradients of their own. */
const layerNetworks: Readonly<Record<NetworkKind, { readonly numbers: number; readonly codes?: readonly number[]; readonly network: Network }>> = {
  dense: { numbers: 5, network: { stem: embedding(5, []), layers: [dense(5, 7, 'relu'), batchNorm(7), dense(7, 3, 'linear')] } },
  embedding: { numbers: 2, codes: [0, 3, 1, 2, 0, 3], network: { stem: embedding(2, [{ name: 'colour', classes: 4, width: 3 }]), layers: [dense(5, 3, 'linear')] } },
  convolution: { numbers: 72, network: { stem: embedding(72, []), layers: [reshape([6, 6, 2]), convolution(2, 4, 3, 'relu'), maxPool(2), reshape([36]), dense(36, 3, 'linear')] } },
  recurrence: { numbers: 9, network: { stem: embedding(9, []), layers: [reshape([3, 3]), lstm(3, 4), dense(4, 3, 'linear')] } },
}

/** Takes one training step of a network of layers on the backend that runs on this thread; leaves no tensor behind. */
export async function layerStep(kind: NetworkKind): Promise<TrainStep> {
  const { numbers, codes, network } = layerNetworks[kind]
  const parameters = parametersOf(network)
  const rows = labels.length
  const found = tf.tidy((): tf.Tensor[] => {
    const weights = parameters.map(({ shape }, i) => tf.tensor(fixedNumbers(200 + i, tf.util.sizeFromShape([...shape])), [...shape], 'float32'))
    const batch = { numbers: tf.tensor2d(fixedNumbers(50, rows * numbers), [rows, numbers]), codes: codes === undefined ? undefined : tf.tensor2d([...codes], [rows, 1], 'int32') }
    const target = { values: tf.tensor1d(labels, 'int32'), weights: tf.ones([rows]), total: rows }
    const step = trainingStep(network, batch, target, weights, softmaxCrossEntropy, createRng(1))
    return [step.loss, ...step.gradients]
  })
  const [loss = [], ...values] = await Promise.all(found.map(async (tensor) => [...(await tensor.data())]))
  tf.dispose(found)
  return { loss: loss[0] ?? Number.NaN, gradients: Object.fromEntries(parameters.map(({ name }, i) => [`${String(i)} ${name}`, values[i] ?? []])) }
}
