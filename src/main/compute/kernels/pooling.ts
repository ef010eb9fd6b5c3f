import { util, type backend_util, type NamedAttrMap, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { pixelsOf, poolingInfo, withWindow } from './window.ts'

/** Pooling of images to the largest of each window or to its mean, and the gradients: to the largest, or to all of it alike. */
export function pooling(space: KernelSpace): readonly OwnKernel[] {
  const inParts = (info: backend_util.Conv2DInfo, count: number, call: (window: number, from: number, to: number) => NeuralCall): void => {
    withWindow(space, info, (window) => {
      const lanes = Math.min(count, lanesFor(util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth, space.pool.threads))
      space.pool.together(cutRange(0, count, lanes).map(({ from, to }) => call(window, from, to)))
    })
  }
  const forward = (x: TensorInfo, attributes: NamedAttrMap, backend: BackendWasm, call: (window: number, from: number, to: number, images: number, out: number) => NeuralCall): TensorInfo => {
    const info = poolingInfo(x.shape, attributes)
    const out = backend.makeOutput(info.outShape, 'float32')
    const [images, target] = [addressOf(backend, x), addressOf(backend, out)]
    inParts(info, pixelsOf(info), (window, from, to) => call(window, from, to, images, target))
    return out
  }
  return [
    {
      name: 'MaxPool',
      run: (inputs, attributes, backend) => forward(inputOf(inputs, 'x'), attributes, backend, (window, from, to, x, y) => ({ kernel: 'maxPool', args: [window, x, y, from, to] })),
    },
    {
      name: 'AvgPool',
      run: (inputs, attributes, backend) => forward(inputOf(inputs, 'x'), attributes, backend, (window, from, to, x, y) => ({ kernel: 'averagePool', args: [window, x, y, from, to, 0] })),
    },
    {
      name: 'MaxPoolGrad',
      run(inputs, attributes, backend) {
        const [dy, x] = [inputOf(inputs, 'dy'), inputOf(inputs, 'input')]
        const out = backend.makeOutput(x.shape, 'float32')
        const [gradient, values, target] = [addressOf(backend, dy), addressOf(backend, x), addressOf(backend, out)]
        const info = poolingInfo(x.shape, attributes)
        inParts(info, info.batchSize, (window, from, to) => ({ kernel: 'maxPoolGradient', args: [window, values, gradient, target, from, to] }))
        return out
      },
    },
    {
      name: 'AvgPoolGrad',
      run(inputs, attributes, backend) {
        const [dy, x] = [inputOf(inputs, 'dy'), inputOf(inputs, 'input')]
        const out = backend.makeOutput(x.shape, 'float32')
        const [gradient, target] = [addressOf(backend, dy), addressOf(backend, out)]
        const info = poolingInfo(x.shape, attributes)
        inParts(info, info.batchSize, (window, from, to) => ({ kernel: 'averagePoolGradient', args: [window, gradient, target, from, to, 0] }))
        return out
      },
    },
  ]
}
