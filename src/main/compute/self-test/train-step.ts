import { tf } from '../tensors.ts'
import { fixedNumbers, networks, type NetworkKind } from './networks.ts'

/** Loss and gradients of a network of the self-test at its fixed weights. */
export type TrainStep = { readonly loss: number; readonly gradients: Readonly<Record<string, readonly number[]>> }

/** Takes one training step of a network on the backend that runs on this thread; leaves no tensor behind. */
export async function trainStep(kind: NetworkKind): Promise<TrainStep> {
  const { shapes, loss } = networks[kind]
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
