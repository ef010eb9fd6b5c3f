import { util, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { addressOf, inputOf, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Cross-entropies with their gradients in one pass: of scores, targets and what each row counts; give the sum of the losses and the gradient. */
export function crossEntropies({ pool }: KernelSpace): readonly OwnKernel[] {
  type Pass = (scores: number, target: number, weights: number, rows: number, columns: number, losses: number, gradient: number) => void
  const withLosses = (inputs: NamedTensorInfoMap, backend: BackendWasm, pass: Pass): TensorInfo[] => {
    const { shape } = inputOf(inputs, 'scores')
    const columns = shape.at(-1) ?? 1
    const rows = util.sizeFromShape(shape) / columns
    const [gradient, losses, total] = [backend.makeOutput(shape, 'float32'), backend.makeOutput([rows], 'float32'), backend.makeOutput([], 'float32')]
    const at = (name: string): number => addressOf(backend, inputOf(inputs, name))
    pass(at('scores'), at('target'), at('weights'), rows, columns, addressOf(backend, losses), addressOf(backend, gradient))
    backend.typedArrayFromHeap(total)[0] = pool.call('sum', addressOf(backend, losses), 0, rows)
    backend.disposeData(losses.dataId)
    return [total, gradient]
  }
  return [
    {
      name: 'SoftmaxCrossEntropy',
      run: (inputs, _, backend) =>
        withLosses(inputs, backend, (scores, target, weights, rows, classes, losses, gradient) => {
          pool.call('softmaxCrossEntropy', scores, target, weights, 0, rows, classes, losses, gradient, 0)
        }),
    },
    {
      name: 'SigmoidCrossEntropy',
      run: (inputs, _, backend) =>
        withLosses(inputs, backend, (scores, target, weights, rows, _columns, losses, gradient) => {
          pool.call('sigmoidCrossEntropy', scores, target, weights, 0, rows, losses, gradient)
        }),
    },
  ]
}
