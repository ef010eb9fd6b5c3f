import { util } from '@tensorflow/tfjs-core'
import { cutRange } from '../../wasm/ranges.ts'
import { gradientOfFilter } from './filter-gradient.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { convolutionInfo, withWindow } from './window.ts'

/** Gradients of convolutions whose channels have filters of their own. */
export function depthwiseConvolutions(space: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'DepthwiseConv2dNativeBackpropFilter',
      run(inputs, attributes, backend) {
        const [x, dy] = [inputOf(inputs, 'x'), inputOf(inputs, 'dy')]
        const info = convolutionInfo(x.shape, attributes['filterShape'] as number[], attributes, true)
        return gradientOfFilter(space, backend, info, info.filterShape, () => 0, (window, out, from, to) => ({
          kernel: 'depthwiseFilterGradient', args: [window, addressOf(backend, x), addressOf(backend, dy), out, from, to],
        }))
      },
    },
    {
      name: 'DepthwiseConv2dNativeBackpropInput',
      run(inputs, attributes, backend) {
        const [dy, filter] = [inputOf(inputs, 'dy'), inputOf(inputs, 'filter')]
        const info = convolutionInfo(attributes['inputShape'] as number[], filter.shape, attributes, true)
        const out = backend.makeOutput(info.inShape, 'float32')
        const [gradient, weights, target] = [addressOf(backend, dy), addressOf(backend, filter), addressOf(backend, out)]
        withWindow(space, info, (window) => {
          const lanes = Math.min(info.batchSize, lanesFor(util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth, space.pool.threads))
          space.pool.together(
            cutRange(0, info.batchSize, lanes).map(({ from, to }) => ({ kernel: 'depthwiseInputGradient', args: [window, gradient, weights, target, from, to] })),
          )
        })
        return out
      },
    },
  ]
}
