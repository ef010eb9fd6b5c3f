import { createRng } from '../../../../src/main/base/rng.ts'
import { batchNorm } from '../../../../src/main/compute/layers/batch-norm.ts'
import { convolution } from '../../../../src/main/compute/layers/convolution.ts'
import { dense } from '../../../../src/main/compute/layers/dense.ts'
import { dropout } from '../../../../src/main/compute/layers/dropout.ts'
import { embedding, type Batch } from '../../../../src/main/compute/layers/embedding.ts'
import { lstm } from '../../../../src/main/compute/layers/lstm.ts'
import { maxPool } from '../../../../src/main/compute/layers/max-pool.ts'
import { reshape } from '../../../../src/main/compute/layers/reshape.ts'
import { softmaxCrossEntropy } from '../../../../src/main/compute/losses/cross-entropy.ts'
import { initialise, measure, parametersOf, predict, trainingStep, type Network } from '../../../../src/main/compute/network.ts'
import { adamW } from '../../../../src/main/compute/optimiser.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'

type Model = { readonly numbers: number; readonly network: Network }

/** One small model of every kind. */
export const models: Readonly<Record<string, Model>> = {
  mlp: {
    numbers: 4,
    network: { stem: embedding(4, [{ name: 'colour', classes: 3, width: 2 }]), layers: [dense(6, 16, 'relu'), batchNorm(16), dropout(0.2), dense(16, 3, 'linear')] },
  },
  cnn: { numbers: 64, network: { stem: embedding(64, []), layers: [reshape([8, 8, 1]), convolution(1, 4, 3, 'relu'), maxPool(2), reshape([64]), dense(64, 3, 'linear')] } },
  lstm: { numbers: 12, network: { stem: embedding(12, []), layers: [reshape([4, 3]), lstm(3, 6), dense(6, 3, 'linear')] } },
}

const ROWS = 48

/** What a model is after twenty steps: plain numbers. */
export type Saved = { readonly weights: readonly (readonly number[])[]; readonly measured: readonly (readonly number[])[] }

function batchOf({ numbers, network }: Model): Batch {
  const rng = createRng(6)
  const cells = Float32Array.from({ length: ROWS * numbers }, () => rng.normal())
  const codes = Int32Array.from({ length: ROWS }, () => rng.below(3))
  return { numbers: tf.tensor2d(cells, [ROWS, numbers]), codes: network.stem.parameters.length === 0 ? undefined : tf.tensor2d(codes, [ROWS, 1], 'int32') }
}

function targets(): Int32Array {
  const rng = createRng(7)
  return Int32Array.from({ length: ROWS }, () => rng.below(3))
}

/** Takes twenty steps from one seed on the backend in use: the loss of each, and what is saved then. */
export async function twentySteps(model: Model): Promise<{ readonly losses: readonly number[]; readonly saved: Saved }> {
  const { network } = model
  const optimiser = adamW(initialise(network, createRng(1)), { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 })
  const chance = createRng(2)
  const [batch, target] = [batchOf(model), { values: tf.tensor1d(targets(), 'int32'), weights: tf.ones([ROWS]), total: ROWS }]
  const losses: number[] = []
  for (let step = 0; step < 20; step++) {
    const loss = tf.tidy(() => {
      const found = trainingStep(network, batch, target, optimiser.weights(), softmaxCrossEntropy, chance)
      optimiser.step(found.gradients, 5e-3)
      return found.loss
    })
    losses.push((await loss.data())[0] ?? Number.NaN)
    loss.dispose()
  }
  const measured = await measure(network, batch, optimiser.weights(), createRng(3))
  const { weights } = await optimiser.save()
  return { losses, saved: { weights: weights.map((values) => [...values]), measured: measured.map((values) => [...values]) } }
}

/** Scores that a saved model gives on the backend in use. */
export async function predictSaved(model: Model, { weights, measured }: Saved): Promise<readonly number[]> {
  const tensors = parametersOf(model.network).map(({ shape }, i) => tf.tensor(Float32Array.from(weights[i] ?? []), [...shape]))
  return [...(await predict(model.network, batchOf(model), tensors, measured.map((values) => Float32Array.from(values))).data())]
}
