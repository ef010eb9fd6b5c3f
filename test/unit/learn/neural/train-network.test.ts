import { afterAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { dense } from '../../../../src/main/compute/layers/dense.ts'
import { embedding } from '../../../../src/main/compute/layers/embedding.ts'
import type { Loss } from '../../../../src/main/compute/losses/loss.ts'
import { squaredError } from '../../../../src/main/compute/losses/squared-error.ts'
import type { Network } from '../../../../src/main/compute/network.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'
import type { FitContext } from '../../../../src/main/learn/fit-context.ts'
import { rateAt } from '../../../../src/main/learn/neural/learning-rate.ts'
import { ranAway } from '../../../../src/main/learn/neural/divergence.ts'
import { trainNetwork, type Training, type TrainingSettings } from '../../../../src/main/learn/neural/train-network.ts'
import { placeRows, type LearningRows, type TrainingData } from '../../../../src/main/learn/neural/training-data.ts'
import { ownKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'

const backend = await startBackend('wasm', { threads: 1 })
afterAll(() => backend.close())

const rng = createRng(1)
const numbers = new Float32Array(90).map(() => rng.normal())
const rows: LearningRows = {
  rows: 30, numbers, codes: new Int32Array(0), weights: new Float32Array(30).fill(1),
  target: Float32Array.from({ length: 30 }, (_, i) => 2 * (numbers[3 * i] ?? 0) - (numbers[3 * i + 1] ?? 0)),
}
const network: Network = { stem: embedding(3, []), layers: [dense(3, 1, 'linear')] }
const settings: TrainingSettings = { epochs: 200, batchSize: 8, learningRate: 0.05, weightDecay: 0, patience: undefined }
const training = (train: TrainingData, loss = squaredError): Training => ({ network, outputs: 1, loss, train, validation: undefined, settings, look: 8192 })
const watch = { onEpoch: () => undefined }
const context = (more: Partial<FitContext> = {}): FitContext => ({ rng: createRng(2), pool: ownKernelPool(), throwIfAborted: () => undefined, progress: () => undefined, ...more })

describe('training', () => {
  it('finds a straight line, the same for the same seed, and leaves nothing on the device', async () => {
    const before = tf.memory().numTensors
    const train = placeRows(rows)
    const one = await trainNetwork(training(train), context(), watch)
    const two = await trainNetwork(training(train), context(), watch)
    train.close()
    expect([...(one.network.weights[0] ?? [])].map((weight) => Math.round(100 * weight) / 100 + 0)).toEqual([2, -1, 0])
    expect(two).toEqual(one)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('ends with a clear error that names the rate where the loss is no number any more', async () => {
    const train = placeRows(rows)
    const broken: Loss = { evaluate: (output) => ({ loss: tf.scalar(Number.NaN), gradient: tf.zerosLike(output) }) }
    const ran = trainNetwork(training(train, broken), context(), watch)
    await expect(ran).rejects.toMatchObject({ data: { headline: 'The training ran away', details: { epoch: 1, learningRate: 0.05 } } })
    expect(ranAway(await ran.catch((error: unknown) => error))).toBe(true)
    train.close()
  })

  it('stops between two batches where it is cancelled', async () => {
    const train = placeRows(rows)
    let steps = 0
    const throwIfAborted = (): void => {
      if (++steps > 5) throw new Error('cancelled')
    }
    const before = tf.memory().numTensors
    await expect(trainNetwork(training(train), context({ throwIfAborted }), watch)).rejects.toThrow('cancelled')
    expect(steps).toBe(6)
    expect(tf.memory().numTensors).toBe(before)
    train.close()
  })
})

describe('the learning rate', () => {
  it('rises in a straight line and falls to nothing', () => {
    const rates = Array.from({ length: 100 }, (_, step) => rateAt(step, 100))
    expect(rates.slice(0, 5)).toEqual([0.2, 0.4, 0.6, 0.8, 1])
    expect(Math.max(...rates)).toBe(1)
    expect(rates.slice(5).every((rate, i, rest) => i === 0 || rate < (rest[i - 1] ?? 0))).toBe(true)
    expect(rates.at(-1)).toBeLessThan(0.001)
  })
})
