import { afterAll, describe, expect, it } from 'vitest'
import { createRng } from '../../../src/main/base/rng.ts'
import { cpu } from '../../../src/main/compute/backends/cpu.ts'
import { batchNorm } from '../../../src/main/compute/layers/batch-norm.ts'
import { dense } from '../../../src/main/compute/layers/dense.ts'
import { dropout } from '../../../src/main/compute/layers/dropout.ts'
import { embedding } from '../../../src/main/compute/layers/embedding.ts'
import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../../src/main/compute/losses/cross-entropy.ts'
import { squaredError } from '../../../src/main/compute/losses/squared-error.ts'
import { initialise, measure, predict, trainingStep, type Network } from '../../../src/main/compute/network.ts'
import { adamW } from '../../../src/main/compute/optimiser.ts'
import { relativeError } from '../../../src/main/compute/self-test/self-test.ts'
import { tf } from '../../../src/main/compute/tensors.ts'

const backend = await cpu.start({ threads: 1 })
afterAll(() => backend.close())

const rng = createRng(5)
const normals = (...shape: number[]): tf.Tensor => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal()), shape)

const network: Network = {
  stem: embedding(4, [{ name: 'city', classes: 3, width: 2 }, { name: 'kind', classes: 5, width: 3 }]),
  layers: [dense(9, 6, 'tanh'), batchNorm(6), dropout(0), dense(6, 5, 'relu'), dense(5, 4, 'sigmoid'), dense(4, 3, 'linear')],
}

/** The same network by operations whose gradients TensorFlow.js knows. */
function reference(batch: { numbers: tf.Tensor; codes: tf.Tensor }, weights: readonly tf.Tensor[]): tf.Tensor {
  const [city, kind, w1, b1, gamma, beta, w2, b2, w3, b3, w4, b4] = weights as tf.Tensor[] & { length: 12 }
  const codes = (column: number): tf.Tensor1D => tf.reshape(tf.slice(batch.codes as tf.Tensor2D, [0, column], [-1, 1]), [-1])
  const affine = (x: tf.Tensor, w: tf.Tensor | undefined, b: tf.Tensor | undefined): tf.Tensor => tf.add(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D), b as tf.Tensor)
  const stem = tf.concat([batch.numbers, tf.gather(city as tf.Tensor, codes(0)), tf.gather(kind as tf.Tensor, codes(1))], 1)
  const first = tf.tanh(affine(stem, w1, b1))
  const { mean, variance } = tf.moments(first, 0)
  const normal = tf.add(tf.mul(tf.div(tf.sub(first, mean), tf.sqrt(tf.add(variance, 1e-3))), gamma as tf.Tensor), beta as tf.Tensor)
  return affine(tf.sigmoid(affine(tf.relu(affine(normal, w2, b2)), w3, b3)), w4, b4)
}

const rows = 11
const batch = { numbers: normals(rows, 4), codes: tf.tensor2d(Int32Array.from({ length: rows * 2 }, (_, i) => (i % 2 === 0 ? i % 3 : (i * 7) % 5)), [rows, 2], 'int32') }
const weightsOf = (net: Network): tf.Tensor[] => initialise(net, createRng(3)).map(({ values, shape }) => tf.tensor(values.map((value) => value + 0.2 * rng.normal()), [...shape]))

describe('a training step', () => {
  const rowWeights = tf.tensor1d(Float32Array.from({ length: rows }, (_, i) => 1 + (i % 3)))
  const total = 20
  const classes = tf.tensor1d(Int32Array.from({ length: rows }, (_, i) => i % 3), 'int32')

  it('gives the gradients that TensorFlow.js derives by itself', async () => {
    const weights = weightsOf(network)
    const step = trainingStep(network, batch, { values: classes, weights: rowWeights, total }, weights, softmaxCrossEntropy, createRng(1))
    const loss = (...given: tf.Tensor[]): tf.Scalar => {
      const chosen = tf.sum(tf.mul(tf.cast(tf.oneHot(classes, 3), 'float32'), tf.logSoftmax(reference(batch, given))), 1)
      return tf.neg(tf.div(tf.sum(tf.mul(chosen, rowWeights)), total))
    }
    const { value, grads } = tf.valueAndGrads(loss)(weights)
    expect((await step.loss.data())[0]).toBeCloseTo((await value.data())[0] ?? Number.NaN, 5)
    for (const [i, gradient] of step.gradients.entries()) {
      expect(gradient.shape).toEqual(weights[i]?.shape)
      expect(relativeError([...(await gradient.data())], [...(await (grads[i] as tf.Tensor).data())])).toBeLessThan(1e-4)
    }
  })

  it.each([
    ['two classes', sigmoidCrossEntropy, (output: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.sub(tf.softplus(output), tf.mul(y, output))],
    ['numbers', squaredError, (output: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.mul(tf.square(tf.sub(output, y)), 0.5)],
  ])('has the loss and gradient of %s', async (_, loss, lossOf) => {
    const output = normals(rows, 1)
    const target = tf.tensor1d(Float32Array.from({ length: rows }, (_, i) => i % 2))
    const found = loss.evaluate(output, target, rowWeights, total)
    const { value, grad } = tf.valueAndGrad((scores: tf.Tensor) => tf.div(tf.sum(tf.mul(lossOf(tf.reshape(scores, [-1]), target), rowWeights)), total))(output)
    expect((await found.loss.data())[0]).toBeCloseTo((await value.data())[0] ?? Number.NaN, 5)
    expect(relativeError([...(await found.gradient.data())], [...(await grad.data())])).toBeLessThan(1e-5)
  })
})

describe('dropout', () => {
  it('drops the same cells for the same seed, keeps the mean, and passes the gradient of what it kept', async () => {
    const layer = dropout(0.25)
    const ones = tf.ones([200, 50])
    const pass = (seed: number): ReturnType<typeof layer.forward> => layer.forward(ones, [], { mode: 'train', rng: createRng(seed) })
    const [one, same, other] = [pass(1), pass(1), pass(2)]
    const cells = await one.output.data()
    expect([...(await same.output.data())]).toEqual([...cells])
    expect([...(await other.output.data())]).not.toEqual([...cells])
    expect([...cells].reduce((sum, cell) => sum + cell, 0) / cells.length).toBeCloseTo(1, 1)
    const back = layer.backward({ ...one, input: ones, weights: [], gradient: ones }, true)
    expect([...(await (back.input as tf.Tensor).data())]).toEqual([...cells])
    expect(layer.forward(ones, [], { mode: 'predict' }).output).toBe(ones)
  })
})

describe('learning', () => {
  it('fits what is there to learn, forgets no tensor, and predicts with what it measured', async () => {
    const small: Network = { stem: embedding(2, []), layers: [dense(2, 16, 'relu'), batchNorm(16), dense(16, 1, 'linear')] }
    const numbers = normals(64, 2)
    const x = await numbers.data()
    const truth = Float32Array.from({ length: 64 }, (_, i) => Number((x[2 * i] ?? 0) * (x[2 * i + 1] ?? 0) > 0))
    const target = { values: tf.tensor1d(truth), weights: tf.ones([64]), total: 64 }
    const optimiser = adamW(initialise(small, createRng(1)), { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 })
    const losses: number[] = []
    const before = tf.memory().numTensors
    for (let step = 0; step < 200; step++) {
      const loss = tf.tidy(() => {
        const found = trainingStep(small, { numbers, codes: undefined }, target, optimiser.weights(), sigmoidCrossEntropy, createRng(step))
        optimiser.step(found.gradients, 0.02)
        return found.loss
      })
      losses.push((await loss.data())[0] ?? Number.NaN)
      loss.dispose()
    }
    expect(tf.memory().numTensors).toBe(before)
    expect(losses.at(-1)).toBeLessThan(0.1)
    const measured = await measure(small, { numbers, codes: undefined }, optimiser.weights(), createRng(1))
    const scores = predict(small, { numbers, codes: undefined }, optimiser.weights(), measured)
    const right = [...(await scores.data())].reduce((sum, score, i) => sum + Number(Number(score > 0) === truth[i]), 0)
    expect(right / 64).toBeGreaterThan(0.97)
    scores.dispose()
    expect(tf.memory().numTensors).toBe(before)
    optimiser.close()
  })

  it('goes on from a saved state as if it had never stopped', async () => {
    const start = [{ values: Float32Array.of(1, -2, 3), shape: [3], decays: true }]
    const settings = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1 }
    const gradient = tf.tensor1d([0.1, -0.4, 0.03])
    const whole = adamW(start, settings)
    for (let step = 0; step < 6; step++) whole.step([gradient], 0.01)
    const half = adamW(start, settings)
    for (let step = 0; step < 3; step++) half.step([gradient], 0.01)
    const { weights, adam } = await half.save()
    const rest = adamW([{ values: weights[0] as Float32Array, shape: [3], decays: true }], settings, adam)
    for (let step = 0; step < 3; step++) rest.step([gradient], 0.01)
    expect((await rest.save()).weights).toEqual((await whole.save()).weights)
    for (const optimiser of [whole, half, rest]) optimiser.close()
  })
})
