import { tf } from '../tensors.ts'

/** What a network of the self-test is made of; a backend that fails one cannot train networks of that kind. */
export const networkKinds = ['dense', 'embedding', 'convolution', 'recurrence'] as const

/** One of them. */
export type NetworkKind = (typeof networkKinds)[number]

/** Weights by name, and the loss of one batch as a function of them. */
export type TestNetwork = {
  readonly shapes: Readonly<Record<string, readonly number[]>>
  loss(weights: Readonly<Record<string, tf.Tensor>>): tf.Scalar
}

/** Numbers without a pattern, the same everywhere: `count` values about zero. */
export function fixedNumbers(seed: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.fround(Math.sin((seed + 1) * 12.9898 + i * 78.233) * 0.6))
}

/** What the rows of a batch have to become. */
export const labels = Int32Array.from([0, 2, 1, 1, 0, 2])

function input(seed: number, shape: readonly number[]): tf.Tensor {
  return tf.tensor(fixedNumbers(seed, tf.util.sizeFromShape([...shape])), [...shape], 'float32')
}

function weight(weights: Readonly<Record<string, tf.Tensor>>, name: string): tf.Tensor {
  const found = weights[name]
  if (found === undefined) throw new Error(`The network has no weight ${name}`)
  return found
}

/** Mean cross-entropy of scores [6, 3]. */
function crossEntropy(scores: tf.Tensor): tf.Scalar {
  const truth = tf.oneHot(tf.tensor1d(labels, 'int32'), 3)
  return tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(truth, 'float32'), tf.logSoftmax(scores)), 1)))
}

function dense(x: tf.Tensor, weights: Readonly<Record<string, tf.Tensor>>, name: string): tf.Tensor {
  return tf.add(tf.matMul(x as tf.Tensor2D, weight(weights, `${name}/kernel`) as tf.Tensor2D), weight(weights, `${name}/bias`))
}

/** Mean 0 and deviation 1 over the rows, as batch normalisation makes them while it trains. */
function normalise(x: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, 0)
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)))
}

/**
 * Networks of TensorFlow.js's operations, each small enough to be trained a step in a few milliseconds. Embeddings are tested as layers only: ours need no
 * gradient of `gather`.
 */
export const networks: Readonly<Partial<Record<NetworkKind, TestNetwork>>> = {
  dense: {
    shapes: { 'hidden/kernel': [5, 7], 'hidden/offset': [7], 'scores/kernel': [7, 3], 'scores/bias': [3] },
    loss(weights) {
      const hidden = normalise(tf.matMul(input(1, [6, 5]), weight(weights, 'hidden/kernel')))
      return crossEntropy(dense(tf.relu(tf.add(hidden, weight(weights, 'hidden/offset'))), weights, 'scores'))
    },
  },
  convolution: {
    shapes: { filter: [3, 3, 2, 4], depth: [3, 3, 4, 1], 'scores/kernel': [16, 3], 'scores/bias': [3] },
    loss(weights) {
      const first = tf.relu(tf.conv2d(input(2, [6, 5, 5, 2]) as tf.Tensor4D, weight(weights, 'filter') as tf.Tensor4D, 1, 'same'))
      const second = tf.depthwiseConv2d(tf.maxPool(first, 2, 2, 'same'), weight(weights, 'depth') as tf.Tensor4D, 1, 'same')
      return crossEntropy(dense(tf.reshape(tf.avgPool(second, 2, 1, 'valid'), [6, 16]), weights, 'scores'))
    },
  },
  recurrence: {
    shapes: { 'gates/kernel': [7, 16], 'gates/bias': [16], 'scores/kernel': [4, 3], 'scores/bias': [3] },
    loss(weights) {
      let [state, cell]: [tf.Tensor, tf.Tensor] = [tf.zeros([6, 4]), tf.zeros([6, 4])]
      for (let step = 0; step < 3; step++) {
        const [i, f, c, o] = tf.split(dense(tf.concat([input(10 + step, [6, 3]), state], 1), weights, 'gates'), 4, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
        cell = tf.add(tf.mul(tf.sigmoid(f), cell), tf.mul(tf.sigmoid(i), tf.tanh(c)))
        state = tf.mul(tf.sigmoid(o), tf.tanh(cell))
      }
      return crossEntropy(dense(state, weights, 'scores'))
    },
  },
}
