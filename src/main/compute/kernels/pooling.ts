import { util, type backend_util } from '@tensorflow/tfjs-core'
import type { NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { poolingInfo, withWindow } from './window.ts'

/** Gradients of pooling: to the largest of each window, or to all of it alike. */
export function pooling(space: KernelSpace): readonly OwnKernel[] {
  const images = (info: backend_util.Conv2DInfo, call: (window: number, from: number, to: number) => NeuralCall): void => {
    withWindow(space, info, (window) => {
      const lanes = Math.min(info.batchSize, lanesFor(util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth, space.pool.threads))
      space.pool.together(cutRange(0, info.batchSize, lanes).map(({ from, to }) => call(window, from, to)))
    })
  }
  return [
    {
      name: 'MaxPoolGrad',
      run(inputs, attributes, backend) {
        const [dy, x] = [inputOf(inputs, 'dy'), inputOf(inputs, 'input')]
        const out = backend.makeOutput(x.shape, 'float32')
        const [gradient, values, target] = [addressOf(backend, dy), addressOf(backend, x), addressOf(backend, out)]
        images(poolingInfo(x.shape, attributes), (window, from, to) => ({ kernel: 'maxPoolGradient', args: [window, values, gradient, target, from, to] }))
        return out
      },
    },
    {
      name: 'AvgPoolGrad',
      run(inputs, attributes, backend) {
        const [dy, x] = [inputOf(inputs, 'dy'), inputOf(inputs, 'input')]
        const out = backend.makeOutput(x.shape, 'float32')
        const [gradient, target] = [addressOf(backend, dy), addressOf(backend, out)]
        images(poolingInfo(x.shape, attributes), (window, from, to) => ({ kernel: 'averagePoolGradient', args: [window, gradient, target, from, to, 0] }))
        return out
      },
    },
  ]
}
