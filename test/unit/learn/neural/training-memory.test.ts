import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import type { RunningBackend } from '../../../../src/main/compute/backend.ts'
import { batchNorm } from '../../../../src/main/compute/layers/batch-norm.ts'
import { dense } from '../../../../src/main/compute/layers/dense.ts'
import { dropout } from '../../../../src/main/compute/layers/dropout.ts'
import { embedding } from '../../../../src/main/compute/layers/embedding.ts'
import { squaredError } from '../../../../src/main/compute/losses/squared-error.ts'
import type { Network } from '../../../../src/main/compute/network.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'
import { networkOf as convolutional } from '../../../../src/main/learn/estimators/convnet/network.ts'
import { networkOf as recurrent } from '../../../../src/main/learn/estimators/recurrent/network.ts'
import type { NetworkPlan } from '../../../../src/main/learn/neural/network-plan.ts'
import { trainNetworks } from '../../../../src/main/learn/neural/train-networks.ts'
import type { LearningRows } from '../../../../src/main/learn/neural/training-data.ts'
import { lookRows, requireMemory, trainingMemory, type TrainingSizes } from '../../../../src/main/learn/neural/training-memory.ts'
import { madeContext, madePlan } from './made-plan.ts'

function rowsOf(rows: number, width: number): LearningRows {
  const rng = createRng(4)
  return {
    rows, numbers: new Float32Array(rows * width).map(() => rng.normal()), codes: new Int32Array(0),
    target: new Float32Array(rows).map(() => rng.normal()), weights: new Float32Array(rows).fill(1),
  }
}

/** The backend, with every byte counted that TensorFlow.js's module hands out. */
async function counting(seen: { peak: number }): Promise<RunningBackend> {
  const backend = await startBackend('wasm', { threads: 1 })
  const wasm = (tf.backend() as BackendWasm).wasm as unknown as { _malloc(bytes: number): number; _free(address: number): void }
  const { _malloc: allocate, _free: release } = wasm
  const live = new Map<number, number>()
  let now = 0
  wasm._malloc = (bytes: number) => {
    const address = allocate.call(wasm, bytes)
    live.set(address >>> 0, bytes)
    now += bytes
    seen.peak = Math.max(seen.peak, now)
    return address
  }
  wasm._free = (address: number) => {
    now -= live.get(address >>> 0) ?? 0
    live.delete(address >>> 0)
    release.call(wasm, address)
  }
  return backend
}

async function neededBytes(plan: NetworkPlan): Promise<number> {
  const error = await trainNetworks(plan, madeContext({ memoryBytes: 1 }).ctx).catch((thrown: { data: { details: { neededBytes: number } } }) => thrown)
  return 'data' in error ? error.data.details.neededBytes : Number.NaN
}

describe('the estimate of a training', () => {
  it.each<[string, number, number, number, Network]>([
    ['many rows', 20_000, 30, 64, { stem: embedding(30, []), layers: [dense(30, 32, 'relu'), batchNorm(32), dropout(0.1), dense(32, 1, 'linear')] }],
    ['many weights', 300, 200, 64, { stem: embedding(200, []), layers: [dense(200, 1500, 'relu'), dense(1500, 1000, 'relu'), dense(1000, 1, 'linear')] }],
    ['large steps', 6000, 20, 6000, { stem: embedding(20, []), layers: [dense(20, 400, 'relu'), batchNorm(400), dropout(0.2), dense(400, 200, 'relu'), dense(200, 1, 'linear')] }],
    ['images', 600, 256, 128, convolutional({ height: 16, width: 16, channels: 1, filters: [16, 32], size: 3, separable: false, pooling: 'max', batchNorm: true, hidden: 64, dropout: 0.1 }, 1)],
    ['windows', 600, 200, 128, recurrent({ steps: 20, features: 10, cell: 'lstm', units: 48, layerNorm: true, hidden: 32, dropout: 0.1 }, 1)],
  ])('is near what is taken at the peak: %s', async (name, rows, width, batchSize, network) => {
    const seen = { peak: 0 }
    const plan = madePlan({ network, loss: squaredError, train: rowsOf(rows, width), validation: rowsOf(200, width), startBackend: () => counting(seen) }, { epochs: 2, batchSize, learningRate: 1e-4 })
    const estimate = await neededBytes(plan)
    seen.peak = 0
    await trainNetworks(plan, madeContext().ctx)
    console.log(`${name}: estimated ${(estimate / 1e6).toFixed(1)} MB, taken ${(seen.peak / 1e6).toFixed(1)} MB`)
    expect(estimate / seen.peak).toBeGreaterThan(0.8)
    expect(estimate / seen.peak).toBeLessThan(2.5)
  })
})

const sizes: TrainingSizes = { rows: 100_000, held: 10_000, cells: 50, parameters: 1e6, batchSize: 1024, rowBytes: 400_000, stepBytes: 8e6, lookBytes: 20_000, forwardBytes: 20_000 }

describe('a refusal', () => {
  it('names the largest batch that fits, else what share of features or rows to keep, else smaller layers', () => {
    const nextStep = (bytes: number | null, tensorBytes: number | null = null): string => {
      try {
        requireMemory(sizes, { bytes, tensorBytes })
        return 'fits'
      } catch (error) {
        return (error as { data: { nextStep: string } }).data.nextStep
      }
    }
    const { total } = trainingMemory(sizes)
    expect([nextStep(null), nextStep(total)]).toEqual(['fits', 'fits'])
    expect(nextStep(total - 1)).toMatch(/^Set `batchSize` to 512, which fits/)
    expect(nextStep(150e6)).toMatch(/^A smaller `batchSize` alone does not do: use fewer features, fewer rows \(`rows`\) or smaller layers/)
    expect(nextStep(null, 10e6)).toMatch(/keep about 45 % of the features or of the rows/)
  })

  it('is not asked of a look at rows that are not learnt from: fewer are looked at where each takes much', () => {
    expect([lookRows(1000, 64), lookRows(1e6, 64), lookRows(1e9, 64)]).toEqual([8192, 268, 64])
  })
})
