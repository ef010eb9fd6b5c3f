import { tf } from '../tensors.ts'
import { layerStep } from './layer-networks.ts'
import { fixedNumbers, networks, type NetworkKind, type TestNetwork } from './networks.ts'

/** Loss and gradients of the networks of the self-test at their fixed weights. */
export type TrainStep = { readonly loss: number; readonly gradients: Readonly<Record<string, readonly number[]>> }

/** A training step of a network of TensorFlow.js's operations and of one of our layers, on the backend that runs on this thread; the losses are added. */
export async function trainStep(kind: NetworkKind): Promise<TrainStep> {
  const { [kind]: network } = networks
  const operations = network === undefined ? { loss: 0, gradients: {} } : await operationStep(network)
  const layers = await layerStep(kind)
  return { loss: operations.loss + layers.loss, gradients: { ...operations.gradients, ...layers.gradients } }
}

/** Leaves no tensor behind. */
async function operationStep({ shapes, loss }: TestNetwork): Promise<TrainStep> {
  const names = Object.keys(shapes)
  const before = tf.memory().numTensors
  const weights = Object.entries(shapes).map(([, shape], i) => tf.tensor(fixedNumbers(100 + i, tf.util.sizeFromShape([...shape])), [...shape], 'float32'))
  const { value, grads } = tf.valueAndGrads((...tensors: tf.Tensor[]) => loss(Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]))))(weights)
  const gradients: Record<string, readonly number[]> = {}
  for (const [i, name] of names.entries()) gradients[name] = [...(await (grads[i] as tf.Tensor).data())]
  const [lossValue] = await value.data()
  tf.dispose([value, grads, weights])
  const left = tf.memory().numTensors - before
  if (left !== 0) throw new Error(`${String(left)} tensors were left behind`)
  return { loss: lossValue ?? Number.NaN, gradients }
}
