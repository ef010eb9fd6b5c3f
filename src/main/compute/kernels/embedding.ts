import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Rows of a table by their numbers, and the sums of rows by number: embeddings and batches, there and back. */
export function embeddings({ pool }: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'GatherV2',
      run(inputs, attributes, backend, original) {
        const [x, indices] = [inputOf(inputs, 'x'), inputOf(inputs, 'indices')]
        const plain = Number(attributes['axis'] ?? 0) === 0 && Number(attributes['batchDims'] ?? 0) === 0 && indices.dtype === 'int32'
        if (!plain || (x.dtype !== 'float32' && x.dtype !== 'int32') || x.shape.length === 0) {
          if (original === undefined) throw new Error('TensorFlow.js has no gather')
          return original({ inputs, attrs: attributes, backend })
        }
        const [rows, ...inner] = x.shape as [number, ...number[]]
        const [width, count] = [util.sizeFromShape(inner), util.sizeFromShape(indices.shape)]
        const out = backend.makeOutput([...indices.shape, ...inner], x.dtype)
        const [table, numbers, target] = [addressOf(backend, x), addressOf(backend, indices), addressOf(backend, out)]
        pool.together(
          cutRange(0, count, lanesFor(count * width, pool.threads)).map(({ from, to }) => ({ kernel: 'gatherRows', args: [table, rows, width, numbers, from, to, target] })),
        )
        return out
      },
    },
    {
      name: 'UnsortedSegmentSum',
      run(inputs, attributes, backend) {
        const [x, ids] = [inputOf(inputs, 'x'), inputOf(inputs, 'segmentIds')]
        const count = util.sizeFromShape(ids.shape)
        const inner = x.shape.slice(ids.shape.length)
        const segments = Number(attributes['numSegments'])
        const width = util.sizeFromShape(inner)
        const out = backend.makeOutput([segments, ...inner], 'float32')
        const [values, numbers, target] = [addressOf(backend, x), addressOf(backend, ids), addressOf(backend, out)]
        pool.together(
          cutRange(0, segments, lanesFor(count * width, pool.threads)).map(({ from, to }) => ({ kernel: 'sumBySegments', args: [values, width, numbers, count, from, to, target] })),
        )
        return out
      },
    },
  ]
}
