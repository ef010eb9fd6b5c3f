import { beforeAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'
import { startBackend } from '../../../src/main/compute/backends/index.ts'
import { batchNorm } from '../../../src/main/compute/layers/batch-norm.ts'
import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../../src/main/compute/losses/cross-entropy.ts'
import { adamW } from '../../../src/main/compute/optimiser.ts'
import { hasKernel, runKernel } from '../../../src/main/compute/run-kernel.ts'
import { relativeError, selfTest } from '../../../src/main/compute/self-test/self-test.ts'
import { tf } from '../../../src/main/compute/tensors.ts'

/** Inputs by name, and what a kernel makes of them: run on the plain JavaScript backend first, then on ours. */
type Case = { readonly name: string; readonly make: (draw: Draw) => tf.Tensor | readonly tf.Tensor[] }
type Draw = { numbers(...shape: readonly number[]): tf.Tensor; classes(count: number, ...shape: readonly number[]): tf.Tensor }

function drawing(seed: number): Draw {
  const rng = createRng(seed)
  const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1)
  return {
    numbers: (...shape) => tf.tensor(Float32Array.from({ length: sizeOf(shape) }, () => rng.normal()), [...shape]),
    classes: (count, ...shape) => tf.tensor(Int32Array.from({ length: sizeOf(shape) }, () => rng.below(count)), [...shape], 'int32'),
  }
}

const cases: Case[] = []
for (const [m, k, n] of [[1, 1, 1], [3, 7, 5], [17, 33, 65], [130, 300, 9], [5, 257, 1], [200, 64, 210]] as const) {
  for (const [ta, tb] of [[false, false], [true, false], [false, true], [true, true]] as const) {
    cases.push({
      name: `product ${String(m)} × ${String(k)} × ${String(n)}${ta ? ', A transposed' : ''}${tb ? ', B transposed' : ''}`,
      make: ({ numbers }) => runKernel('BatchMatMul', { a: ta ? numbers(k, m) : numbers(m, k), b: tb ? numbers(n, k) : numbers(k, n) }, { transposeA: ta, transposeB: tb }),
    })
  }
}
cases.push({ name: 'a stack of products, one of them shared', make: ({ numbers }) => runKernel('BatchMatMul', { a: numbers(3, 5, 4), b: numbers(1, 4, 6) }, { transposeA: false, transposeB: false }) })
for (const activation of ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu']) {
  cases.push({
    name: `product with bias and ${activation}`,
    make: ({ numbers }) => runKernel('_FusedMatMul', { a: numbers(13, 21), b: numbers(21, 19), bias: numbers(19) }, { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.2 }),
  })
}
for (const { images, filter, strides, pad, dilations = 1 } of [
  { images: [2, 7, 6, 3], filter: [3, 3, 3, 5], strides: 1, pad: 'same' },
  { images: [3, 9, 8, 4], filter: [3, 2, 4, 7], strides: 2, pad: 'valid' },
  { images: [1, 11, 11, 1], filter: [5, 5, 1, 9], strides: 1, pad: 'valid', dilations: 2 },
  { images: [2, 6, 6, 8], filter: [1, 1, 8, 16], strides: 1, pad: 'same' },
] as const) {
  const label = `${images.join(' × ')} by ${filter.join(' × ')}, stride ${String(strides)}, ${pad}${dilations > 1 ? ', dilated' : ''}`
  cases.push({ name: `convolution ${label}`, make: ({ numbers }) => tf.conv2d(numbers(...images) as tf.Tensor4D, numbers(...filter) as tf.Tensor4D, strides, pad, 'NHWC', dilations) })
  if (dilations > 1) continue
  cases.push({
    name: `gradients of the convolution ${label}`,
    make: ({ numbers }) =>
      tf.grads((x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad))))([numbers(...images), numbers(...filter)]),
  })
}
cases.push(
  {
    name: 'gradients of a depthwise convolution',
    make: ({ numbers }) =>
      tf.grads((x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.square(tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'))))([numbers(2, 6, 5, 3), numbers(3, 3, 3, 2)]),
  },
  {
    name: 'depthwise convolution with bias, strided, of several filters per channel',
    make: ({ numbers }) => tf.fused.depthwiseConv2d({ x: numbers(2, 7, 9, 5) as tf.Tensor4D, filter: numbers(3, 2, 5, 3) as tf.Tensor4D, strides: [2, 1], pad: 'same', bias: numbers(15), activation: 'relu6' }),
  },
  { name: 'pooling', make: ({ numbers }) => [tf.maxPool(numbers(2, 7, 8, 5) as tf.Tensor4D, 3, 2, 'same'), tf.avgPool(numbers(2, 7, 5, 6) as tf.Tensor4D, [3, 2], [2, 1], 'same')] },
  { name: 'gradient of max pooling', make: ({ numbers }) => tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.maxPool(x as tf.Tensor4D, 3, 2, 'same'))))(numbers(2, 7, 8, 5)) },
  { name: 'gradient of average pooling', make: ({ numbers }) => tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.avgPool(x as tf.Tensor4D, [3, 2], [2, 1], 'valid'))))(numbers(2, 7, 5, 6)) },
  { name: 'rows by number', make: ({ numbers, classes }) => tf.gather(numbers(9, 13), classes(9, 31)) },
  { name: 'the gradient of rows by number', make: ({ numbers, classes }) => tf.grad((table: tf.Tensor) => tf.sum(tf.square(tf.gather(table, classes(9, 4, 5)))))(numbers(9, 13)) },
  { name: 'columns cut out of a matrix', make: ({ numbers, classes }) => [tf.slice(numbers(7, 13), [2, 3], [4, 9]), tf.slice(classes(9, 6, 5), [0, 4], [-1, 1]), tf.slice(numbers(3, 4, 5), [1, 0, 2], [2, 3, 3])] },
  { name: 'a matrix in parts', make: ({ numbers }) => [...tf.split(numbers(5, 14), [3, 1, -1, 6], 1), ...tf.split(numbers(6, 9), 3, 1), ...tf.split(numbers(6, 5), 2, 0)] },
  { name: 'matrices side by side', make: ({ numbers }) => [tf.concat([numbers(5, 3), numbers(5, 1), numbers(5, 6)], 1), tf.concat([numbers(2, 3), numbers(4, 3)], 0), tf.concat([numbers(2, 3, 2), numbers(2, 3, 5)], 2)] },
  { name: 'sums over rows', make: ({ numbers }) => [tf.sum(numbers(301, 19), 0), tf.sum(numbers(4, 5, 6), [0, 1]), tf.sum(numbers(4, 5), 1), tf.sum(numbers(3, 5), 0, true)] },
)

const values = async (tensors: tf.Tensor | readonly tf.Tensor[]): Promise<readonly (readonly number[])[]> =>
  Promise.all((tensors instanceof tf.Tensor ? [tensors] : tensors).map(async (tensor) => [...(await tensor.data())]))

async function onBackend<T>(id: 'cpu' | 'wasm', threads: number, work: () => Promise<T>): Promise<T> {
  const backend = await startBackend(id, { threads })
  try {
    return await work()
  } finally {
    await backend.close()
  }
}

/** Every case on one backend; each must leave no tensor behind. */
async function all(): Promise<readonly (readonly (readonly number[])[])[]> {
  const results: (readonly (readonly number[])[])[] = []
  for (const [i, { make }] of cases.entries()) {
    const before = tf.memory().numTensors
    const made = tf.tidy(() => make(drawing(i)) as tf.Tensor)
    results.push(await values(made))
    tf.dispose(made)
    expect(tf.memory().numTensors).toBe(before)
  }
  return results
}

describe('our kernels in the memory of TensorFlow.js', () => {
  let oracle: Awaited<ReturnType<typeof all>> = []
  let alone: typeof oracle = []
  let together: typeof oracle = []
  beforeAll(async () => {
    oracle = await onBackend('cpu', 1, all)
    alone = await onBackend('wasm', 1, all)
    together = await onBackend('wasm', 3, all)
  }, 60_000)

  it.each(cases.map(({ name }, i) => [name, i] as const))('%s as the plain backend has it, on any number of threads the same', (_, i) => {
    alone[i]?.forEach((got, part) => {
      expect(relativeError(got, oracle[i]?.[part] ?? [])).toBeLessThan(1e-5)
    })
    expect(alone[i]).toHaveLength(oracle[i]?.length ?? -1)
    expect(together[i]).toEqual(alone[i])
  })
})

describe('the backend wasm', () => {
  it('shares the gradient of an average among the cells that it was taken of, at the edge too, where the plain backend gives it to cells that are not there', async () => {
    const gradient = await onBackend('wasm', 1, async () => {
      const x = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 3, 2, 1])
      return values(tf.grad((images: tf.Tensor) => tf.sum(tf.square(tf.avgPool(images as tf.Tensor4D, 2, 2, 'same'))))(x))
    })
    expect(gradient).toEqual([[1.25, 1.25, 1.25, 1.25, 5.5, 5.5]]) // 2 · 2.5 / 4 above; below, of two cells, 2 · 5.5 / 2
  })

  it('passes its self-test, and gives TensorFlow.js its kernels back', async () => {
    await onBackend('wasm', 2, async () => {
      expect(hasKernel('AdamW')).toBe(true)
      expect(await selfTest()).toEqual({ trains: ['dense', 'embedding', 'convolution', 'recurrence'], failures: {}, lies: false })
    })
    const plain = await startBackend('wasm-simd', { threads: 1 })
    expect(hasKernel('AdamW')).toBe(false)
    expect((await selfTest()).trains).toContain('dense')
    await plain.close()
  })

  it('learns with its own steps what the plain one learns with operations', async () => {
    const step = async (): Promise<readonly (readonly number[])[]> => {
      const { numbers, classes } = drawing(7)
      const [scores, labels, weights] = [numbers(23, 4), classes(4, 23), tf.abs(numbers(23))]
      const loss = softmaxCrossEntropy.evaluate(scores, labels, weights, 11)
      const two = sigmoidCrossEntropy.evaluate(numbers(29, 1), tf.cast(classes(2, 29), 'float32'), tf.abs(numbers(29)), 17)
      const layer = batchNorm(9)
      const [input, gamma, beta, gradient] = [numbers(37, 9), numbers(9), numbers(9), numbers(37, 9)]
      const there = layer.forward(input, [gamma, beta], { mode: 'train', rng: createRng(1) })
      const back = layer.backward({ ...there, input, weights: [gamma, beta], gradient }, true)
      const optimiser = adamW([{ values: Float32Array.of(1, -2, 3, 0.5, 2), shape: [5], decays: true }], { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 })
      const pull = numbers(5)
      for (let k = 0; k < 3; k++) tf.tidy(() => optimiser.step([pull], 0.05))
      return values([...optimiser.weights(), loss.loss, loss.gradient, two.loss, two.gradient, there.output, ...there.kept, back.input as tf.Tensor, ...back.weights])
    }
    const right = await onBackend('cpu', 1, step)
    const got = await onBackend('wasm', 2, step)
    expect(got).toHaveLength(right.length)
    got.forEach((part, i) => {
      expect(relativeError(part, right[i] ?? [])).toBeLessThan(1e-5)
    })
  })
})
