import { describe, expect, it } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'
import { startBackend } from '../../../src/main/compute/backends/index.ts'
import { averagePool } from '../../../src/main/compute/layers/average-pool.ts'
import { batchNorm } from '../../../src/main/compute/layers/batch-norm.ts'
import { convolution } from '../../../src/main/compute/layers/convolution.ts'
import { depthwise } from '../../../src/main/compute/layers/depthwise.ts'
import { dropout } from '../../../src/main/compute/layers/dropout.ts'
import { gru } from '../../../src/main/compute/layers/gru.ts'
import { layerNorm } from '../../../src/main/compute/layers/layer-norm.ts'
import type { Layer } from '../../../src/main/compute/layers/layer.ts'
import { lstm } from '../../../src/main/compute/layers/lstm.ts'
import { maxPool } from '../../../src/main/compute/layers/max-pool.ts'
import { rectify } from '../../../src/main/compute/layers/rectify.ts'
import { reshape } from '../../../src/main/compute/layers/reshape.ts'
import { relativeError } from '../../../src/main/compute/self-test/self-test.ts'
import { tf } from '../../../src/main/compute/tensors.ts'

/** A layer, the shape of a batch, and the same by operations whose gradients TensorFlow.js knows. */
type Case = { readonly name: string; readonly layer: Layer; readonly shape: readonly number[]; reference(x: tf.Tensor, weights: readonly tf.Tensor[]): tf.Tensor }

const conv = (x: tf.Tensor, [filter, bias]: readonly tf.Tensor[], strides: number, pad: 'same' | 'valid'): tf.Tensor =>
  tf.add(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad), bias as tf.Tensor)

const channelwise = (x: tf.Tensor, [filter, bias]: readonly tf.Tensor[], strides: number, pad: 'same' | 'valid'): tf.Tensor =>
  tf.add(tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad), bias as tf.Tensor)

/** To mean 0 and deviation 1 over some axes, then stretched and moved. */
function normal(x: tf.Tensor, axes: number[], [gamma, beta]: readonly tf.Tensor[]): tf.Tensor {
  const { mean, variance } = tf.moments(x, axes, true)
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma as tf.Tensor), beta as tf.Tensor)
}

/** Rows, steps, features and units of recurrent layers: one of each, odd ones, and enough work for several threads. */
const sequences = [[7, 6, 3, 5], [1, 2, 1, 1], [3, 2, 5, 9], [67, 5, 2, 33]] as const

const cases: readonly Case[] = [
  { name: 'depthwise convolution with relu', layer: depthwise(5, 3, 'relu'), shape: [2, 7, 6, 5], reference: (x, weights) => tf.relu(channelwise(x, weights, 1, 'same')) },
  { name: 'strided depthwise convolution', layer: depthwise(13, 3, 'sigmoid', { strides: 2, pad: 'valid' }), shape: [3, 9, 9, 13], reference: (x, weights) => tf.sigmoid(channelwise(x, weights, 2, 'valid')) },
  { name: 'average pooling', layer: averagePool(2), shape: [2, 6, 8, 5], reference: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid') },
  { name: 'average pooling that leaves a rest', layer: averagePool(3), shape: [2, 7, 8, 3], reference: (x) => tf.avgPool(x as tf.Tensor4D, 3, 3, 'valid') },
  { name: 'max pooling that leaves a rest', layer: maxPool(3), shape: [2, 7, 8, 3], reference: (x) => tf.maxPool(x as tf.Tensor4D, 3, 3, 'valid') },
  { name: 'batch normalisation of images', layer: batchNorm(5), shape: [3, 4, 5, 5], reference: (x, weights) => normal(x, [0, 1, 2], weights) },
  { name: 'layer normalisation', layer: layerNorm(11), shape: [7, 11], reference: (x, weights) => normal(x, [1], weights) },
  { name: 'layer normalisation of many rows', layer: layerNorm(31), shape: [5, 701, 31], reference: (x, weights) => normal(x, [2], weights) },
  { name: 'rectifier', layer: rectify(), shape: [3, 4, 5], reference: (x) => tf.relu(x) },
  { name: 'convolution with relu', layer: convolution(3, 5, 3, 'relu'), shape: [2, 7, 6, 3], reference: (x, weights) => tf.relu(conv(x, weights, 1, 'same')) },
  { name: 'strided convolution', layer: convolution(2, 4, 3, 'sigmoid', { strides: 2, pad: 'valid' }), shape: [3, 9, 8, 2], reference: (x, weights) => tf.sigmoid(conv(x, weights, 2, 'valid')) },
  { name: 'max pooling', layer: maxPool(2), shape: [2, 6, 8, 5], reference: (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid') },
  { name: 'reshape', layer: reshape([6, 4]), shape: [5, 24], reference: (x) => tf.reshape(x, [5, 6, 4]) },
  ...sequences.map(([batch, steps, features, units]): Case => ({
    name: `long short-term memory, ${String(batch)} × ${String(steps)} × ${String(features)} to ${String(units)}`,
    layer: lstm(features, units),
    shape: [batch, steps, features],
    reference(x, weights) {
      const [kernel, recurrent, bias] = weights as [tf.Tensor2D, tf.Tensor2D, tf.Tensor]
      let [h, c]: [tf.Tensor, tf.Tensor] = [tf.zeros([batch, units]), tf.zeros([batch, units])]
      for (const now of tf.unstack(x, 1)) {
        const z = tf.add(tf.add(tf.matMul(now as tf.Tensor2D, kernel), tf.matMul(h as tf.Tensor2D, recurrent)), bias)
        const [i, f, g, o] = tf.split(z, 4, 1) as unknown as readonly [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
        c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)))
        h = tf.mul(tf.sigmoid(o), tf.tanh(c))
      }
      return h
    },
  })),
  ...sequences.map(([batch, steps, features, units]): Case => ({
    name: `gated recurrent unit, ${String(batch)} × ${String(steps)} × ${String(features)} to ${String(units)}`,
    layer: gru(features, units),
    shape: [batch, steps, features],
    reference(x, weights) {
      const [kernel, recurrent, bias] = weights as [tf.Tensor2D, tf.Tensor2D, tf.Tensor]
      let h: tf.Tensor = tf.zeros([batch, units])
      for (const now of tf.unstack(x, 1)) {
        const [xz, xr, xn] = tf.split(tf.add(tf.matMul(now as tf.Tensor2D, kernel), bias), 3, 1) as unknown as readonly [tf.Tensor, tf.Tensor, tf.Tensor]
        const [uz, ur, un] = tf.split(recurrent, 3, 1) as unknown as readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D]
        const z = tf.sigmoid(tf.add(xz, tf.matMul(h as tf.Tensor2D, uz)))
        const r = tf.sigmoid(tf.add(xr, tf.matMul(h as tf.Tensor2D, ur)))
        const n = tf.tanh(tf.add(xn, tf.matMul(tf.mul(r, h), un)))
        h = tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), n))
      }
      return h
    },
  })),
]

type Numbers = readonly (readonly number[])[]

/** Output, gradient by the input and by the weights, for a gradient drawn at random. */
async function run({ layer, shape, reference }: Case, how: 'layer' | 'reference'): Promise<Numbers> {
  const rng = createRng(9)
  const draw = (size: readonly number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: size.reduce((a, b) => a * b, 1) }, () => rng.normal()), [...size])
  const input = draw(shape)
  const weights = layer.parameters.map((parameter) => draw(parameter.shape))
  const before = tf.memory().numTensors
  const found = tf.tidy((): tf.Tensor[] => {
    if (how === 'reference') {
      const output = reference(input, weights)
      const gradient = draw(output.shape)
      return [output, ...tf.grads((x: tf.Tensor, ...given: tf.Tensor[]) => tf.sum(tf.mul(reference(x, given), gradient)))([input, ...weights])]
    }
    const there = layer.forward(input, weights, { mode: 'train', rng })
    const back = layer.backward({ ...there, input, weights, gradient: draw(there.output.shape) }, true)
    return [there.output, back.input as tf.Tensor, ...back.weights]
  })
  const numbers = await Promise.all(found.map(async (tensor) => [...(await tensor.data())]))
  tf.dispose(found)
  expect(tf.memory().numTensors).toBe(before)
  return numbers
}

async function on(id: 'cpu' | 'wasm', threads: number, work: () => Promise<Numbers>): Promise<Numbers> {
  const backend = await startBackend(id, { threads })
  try {
    return await work()
  } finally {
    await backend.close()
  }
}

describe('dropout', () => {
  it('drops the same cells on every backend and on any number of threads, of gradients as of values', async () => {
    const pass = async (): Promise<Numbers> => {
      const [layer, input] = [dropout(0.3), tf.tensor(Float32Array.from({ length: 701 * 67 }, (_, i) => 1 + (i % 11)), [701, 67])]
      const there = layer.forward(input, [], { mode: 'train', rng: createRng(3) })
      const back = layer.backward({ ...there, input, weights: [], gradient: input }, true)
      return Promise.all([there.output, back.input as tf.Tensor].map(async (tensor) => [...(await tensor.data())]))
    }
    const [values = [], gradients = []] = await on('cpu', 1, pass)
    expect(gradients).toEqual(values)
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.3, 2)
    for (const threads of [1, 3]) {
      const [got = [], gotGradients] = await on('wasm', threads, pass)
      expect(got).toEqual(values)
      expect(gotGradients).toEqual(got)
    }
  })
})

describe.each(cases)('$name', (one) => {
  it('goes forward and back as TensorFlow.js does by itself, on the plain backend and on ours', async () => {
    const right = await on('cpu', 1, async () => run(one, 'reference'))
    for (const [id, threads] of [['cpu', 1], ['wasm', 1], ['wasm', 3]] as const) {
      const got = await on(id, threads, async () => run(one, 'layer'))
      expect(got).toHaveLength(right.length)
      got.forEach((values, i) => {
        expect(relativeError(values, right[i] ?? []), `${id}, ${String(threads)} threads, tensor ${String(i)}`).toBeLessThan(1e-5)
      })
    }
  })
})
