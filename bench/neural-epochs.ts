import { createRng } from '../src/main/base/rng.ts'
import { initialise, trainingStep } from '../src/main/compute/network.ts'
import { adamW } from '../src/main/compute/optimiser.ts'
import { tf } from '../src/main/compute/tensors.ts'
import { placeRows, type LearningRows } from '../src/main/learn/neural/training-data.ts'
import type { NeuralModel } from './neural-models.ts'
import { timed } from './measure.ts'

/** A model on the backend that runs, trained epoch by epoch. */
export type NeuralTraining = {
  /** Seconds of one pass over shuffled rows, until its loss is known. */
  epoch(): Promise<number>
  /** Mean loss of the last epoch. */
  loss(): number
  close(): void
}

/** Starts a training with Adam at a rate of 0.001. */
export function startTraining({ network, loss, batchSize }: NeuralModel, rows: LearningRows): NeuralTraining {
  const data = placeRows(rows)
  const optimiser = adamW(initialise(network, createRng(1)), { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 })
  const rng = createRng(2)
  let last = Number.NaN
  const run = async (): Promise<void> => {
    const order = rng.shuffle(Int32Array.from({ length: rows.rows }, (_, i) => i))
    let sum: tf.Tensor = tf.scalar(0)
    let batches = 0
    for (let from = 0; from < rows.rows; from += batchSize, batches++) {
      const next = tf.tidy(() => {
        const { batch, target } = data.take(order.subarray(from, Math.min(rows.rows, from + batchSize)))
        const step = trainingStep(network, batch, target, optimiser.weights(), loss, rng)
        optimiser.step(step.gradients, 1e-3)
        return tf.add(sum, step.loss)
      })
      sum.dispose()
      sum = next
    }
    last = ((await sum.data())[0] ?? Number.NaN) / batches
    sum.dispose()
  }
  return {
    epoch: () => timed(run),
    loss: () => last,
    close() {
      data.close()
      optimiser.close()
    },
  }
}
