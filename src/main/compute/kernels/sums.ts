import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Sums over every axis but the last, as gradients of biases need them; TensorFlow.js's own turns the tensor round first. */
export function sums({ pool }: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'Sum',
      run(inputs, attributes, backend, original) {
        const x = inputOf(inputs, 'x')
        const axes = util.parseAxisParam(attributes['axis'] as number | number[], x.shape)
        const rank = x.shape.length
        const columns = x.shape.at(-1) ?? 1
        const overRows = x.dtype === 'float32' && rank > 1 && axes.length === rank - 1 && axes.every((axis) => axis < rank - 1)
        if (!overRows || attributes['keepDims'] === true || columns === 0) {
          if (original === undefined) throw new Error('TensorFlow.js has no sum')
          return original({ inputs, attrs: attributes, backend })
        }
        const rows = util.sizeFromShape(x.shape) / columns
        const out = backend.makeOutput([columns], 'float32')
        const [from, to] = [addressOf(backend, x), addressOf(backend, out)]
        pool.together(
          cutRange(0, columns, lanesFor(rows * columns, pool.threads), 16).map((part) => ({ kernel: 'columnSums', args: [from, rows, columns, part.from, part.to, 0, to] })),
        )
        return out
      },
    },
  ]
}
