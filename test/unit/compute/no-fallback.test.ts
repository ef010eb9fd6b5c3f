import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'
import type { RunningBackend } from '../../../src/main/compute/backend.ts'
import { startBackend } from '../../../src/main/compute/backends/index.ts'
import { averagePool } from '../../../src/main/compute/layers/average-pool.ts'
import { batchNorm } from '../../../src/main/compute/layers/batch-norm.ts'
import { convolution } from '../../../src/main/compute/layers/convolution.ts'
import { dense } from '../../../src/main/compute/layers/dense.ts'
import { depthwise } from '../../../src/main/compute/layers/depthwise.ts'
import { dropout } from '../../../src/main/compute/layers/dropout.ts'
import { embedding } from '../../../src/main/compute/layers/embedding.ts'
import { gru } from '../../../src/main/compute/layers/gru.ts'
import { layerNorm } from '../../../src/main/compute/layers/layer-norm.ts'
import { lstm } from '../../../src/main/compute/layers/lstm.ts'
import { maxPool } from '../../../src/main/compute/layers/max-pool.ts'
import { rectify } from '../../../src/main/compute/layers/rectify.ts'
import { reshape } from '../../../src/main/compute/layers/reshape.ts'
import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../../src/main/compute/losses/cross-entropy.ts'
import type { Loss } from '../../../src/main/compute/losses/loss.ts'
import { squaredError } from '../../../src/main/compute/losses/squared-error.ts'
import { initialise, trainingStep, type Network } from '../../../src/main/compute/network.ts'
import { adamW } from '../../../src/main/compute/optimiser.ts'
import { tf } from '../../../src/main/compute/tensors.ts'
import { placeRows, type LearningRows } from '../../../src/main/learn/neural/training-data.ts'

/** Kernels of ours: whatever takes time in a training step. */
const ours = new Set([
  ...['BatchMatMul', '_FusedMatMul', 'ActivationGradient', 'Conv2D', 'FusedConv2D', 'Conv2DBackpropFilter', 'Conv2DBackpropInput'],
  ...['DepthwiseConv2dNative', 'FusedDepthwiseConv2D', 'DepthwiseConv2dNativeBackpropFilter', 'DepthwiseConv2dNativeBackpropInput'],
  ...['MaxPool', 'MaxPoolGrad', 'AvgPool', 'AvgPoolGrad', 'Lstm', 'LstmGradient', 'Gru', 'GruGradient', 'GatherV2', 'UnsortedSegmentSum', 'Sum', 'Slice', 'SplitV', 'Concat'],
  ...['BatchNormTraining', 'BatchNormGradient', 'LayerNorm', 'LayerNormGradient', 'SoftmaxCrossEntropy', 'SigmoidCrossEntropy', 'Dropout', 'AdamW'],
])
/** TensorFlow.js's WebAssembly beside them: arithmetic cell by cell, and another shape for the same cells. */
const theirs = new Set(['Add', 'Multiply', 'Sub', 'RealDiv', 'Square', 'Relu', 'Tanh', 'Reshape'])

const rows = 24
const rng = createRng(2)

function data(width: number, codes: number, target: 'classes' | 'two' | 'numbers'): LearningRows {
  return {
    rows, numbers: new Float32Array(rows * width).map(() => rng.normal()), codes: new Int32Array(rows * codes).map(() => rng.below(3)),
    target: target === 'classes' ? new Int32Array(rows).map(() => rng.below(3)) : new Float32Array(rows).map(() => (target === 'two' ? rng.below(2) : rng.normal())),
    weights: new Float32Array(rows).fill(1),
  }
}

/** A kind of network, with what it learns from. */
type Case = { readonly kind: string; readonly network: Network; readonly loss: Loss; readonly learn: LearningRows }

const cases: readonly Case[] = [
  {
    kind: 'numbers and classes, every activation',
    network: {
      stem: embedding(4, [{ name: 'a', classes: 3, width: 2 }, { name: 'b', classes: 3, width: 3 }]),
      layers: [dense(9, 8, 'relu'), batchNorm(8), dropout(0.3), dense(8, 7, 'sigmoid'), dense(7, 6, 'tanh'), dense(6, 1, 'linear')],
    },
    loss: squaredError,
    learn: data(4, 2, 'numbers'),
  },
  {
    kind: 'images',
    network: {
      stem: embedding(8 * 8 * 2, []),
      layers: [
        reshape([8, 8, 2]), convolution(2, 5, 3, 'linear'), batchNorm(5), rectify(), maxPool(2), depthwise(5, 3, 'relu'), convolution(5, 6, 1, 'relu'), averagePool(2),
        reshape([24]), dropout(0.2), dense(24, 3, 'linear'),
      ],
    },
    loss: softmaxCrossEntropy,
    learn: data(128, 0, 'classes'),
  },
  {
    kind: 'windows by long short-term memory',
    network: { stem: embedding(12, []), layers: [reshape([4, 3]), lstm(3, 6), layerNorm(6), dense(6, 1, 'linear')] },
    loss: sigmoidCrossEntropy,
    learn: data(12, 0, 'two'),
  },
  {
    kind: 'windows by gated recurrent units',
    network: { stem: embedding(12, []), layers: [reshape([4, 3]), gru(3, 6), dense(6, 5, 'relu'), dense(5, 3, 'linear')] },
    loss: softmaxCrossEntropy,
    learn: data(12, 0, 'classes'),
  },
]

/** Puts `watch` before every kernel of a backend; what is returned takes it away. */
function watchKernels(backend: string, watch: (name: string) => void): () => void {
  const before = tf.getKernelsForBackend(backend)
  for (const config of before) {
    tf.unregisterKernel(config.kernelName, backend)
    tf.registerKernel({
      ...config,
      kernelFunc(call) {
        watch(config.kernelName)
        return config.kernelFunc(call)
      },
    })
  }
  return () => {
    for (const config of before) {
      tf.unregisterKernel(config.kernelName, backend)
      tf.registerKernel(config)
    }
  }
}

describe('a training step on wasm', () => {
  let backend: RunningBackend
  const ran = new Set<string>()
  const onPlain: string[] = []
  const undo: (() => void)[] = []
  beforeAll(async () => {
    backend = await startBackend('wasm', { threads: 2 })
    undo.push(watchKernels('wasm', (name) => ran.add(name)), watchKernels('cpu', (name) => onPlain.push(name)))
  })
  afterAll(async () => {
    for (const one of undo) one()
    await backend.close()
  })

  it.each(cases)('of $kind runs on our kernels, none of the plain backend, and reads nothing back', async ({ network, loss, learn }) => {
    ran.clear()
    const placed = placeRows(learn)
    const optimiser = adamW(initialise(network, createRng(1)), { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 })
    const running = tf.backend() as { read: unknown; readSync: unknown }
    const spies = [vi.spyOn(tf.engine(), 'moveData'), vi.spyOn(running as { read: () => unknown }, 'read'), vi.spyOn(running as { readSync: () => unknown }, 'readSync')]
    const before = tf.memory()
    const losses: tf.Tensor[] = []
    for (let step = 0; step < 3; step++) {
      losses.push(
        tf.tidy(() => {
          const { batch, target } = placed.take(Int32Array.from({ length: rows }, (_, i) => i))
          const found = trainingStep(network, batch, target, optimiser.weights(), loss, createRng(step))
          optimiser.step(found.gradients, 0.01)
          return found.loss
        }),
      )
    }
    for (const spy of spies) expect(spy).not.toHaveBeenCalled()
    for (const spy of spies) spy.mockRestore()
    expect(onPlain).toEqual([])
    expect([...ran].filter((name) => !ours.has(name) && !theirs.has(name))).toEqual([])
    expect(ran).toContain('AdamW')
    for (const one of losses) expect(Number.isFinite((await one.data())[0])).toBe(true)
    tf.dispose(losses)
    const heap = (): number => (tf.backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } }).wasm.HEAPU8.length
    const grown = heap()
    for (let step = 0; step < 50; step++) {
      tf.tidy(() => {
        const { batch, target } = placed.take(Int32Array.from({ length: rows }, (_, i) => i))
        optimiser.step(trainingStep(network, batch, target, optimiser.weights(), loss, createRng(step)).gradients, 0.01)
      })
    }
    expect(heap()).toBe(grown)
    expect(tf.memory().numTensors).toBe(before.numTensors)
    expect(tf.memory().numBytes).toBe(before.numBytes)
    placed.close()
    optimiser.close()
  })
})
