import { util, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { activationCodes } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { gradientOfFilter } from './filter-gradient.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { convolutionInfo, pixelsOf, withWindow } from './window.ts'

type Fused = { readonly bias: number; readonly activation: number; readonly alpha: number }

/** Convolutions whose channels have filters of their own, with bias and activation in the same pass, and both gradients. */
export function depthwiseConvolutions(space: KernelSpace): readonly OwnKernel[] {
  const convolve = (inputs: NamedTensorInfoMap, attributes: NamedAttrMap, backend: BackendWasm, { bias, activation, alpha }: Fused): TensorInfo => {
    const [x, filter] = [inputOf(inputs, 'x'), inputOf(inputs, 'filter')]
    const info = convolutionInfo(x.shape, filter.shape, attributes, true)
    const out = backend.makeOutput(info.outShape, 'float32')
    const [images, weights, target] = [addressOf(backend, x), addressOf(backend, filter), addressOf(backend, out)]
    withWindow(space, info, (window) => {
      const lanes = lanesFor(util.sizeFromShape(info.outShape) * info.filterHeight * info.filterWidth, space.pool.threads)
      space.pool.together(cutRange(0, pixelsOf(info), lanes).map(({ from, to }) => ({ kernel: 'depthwise', args: [window, images, weights, target, from, to, bias, activation, alpha] })))
    })
    return out
  }
  return [
    {
      name: 'DepthwiseConv2dNative',
      run: (inputs, attributes, backend) => convolve(inputs, attributes, backend, { bias: 0, activation: activationCodes.linear, alpha: 0 }),
    },
    {
      name: 'FusedDepthwiseConv2D',
      run(inputs, attributes, backend, original) {
        const { bias, preluActivationWeights } = inputs
        const name = (attributes['activation'] as string | undefined) ?? 'linear'
        if (preluActivationWeights !== undefined || !(name in activationCodes)) {
          if (original === undefined) throw new Error(`No depthwise convolution with the activation ${name}`)
          return original({ inputs, attrs: attributes, backend })
        }
        return convolve(inputs, attributes, backend, {
          bias: bias === undefined ? 0 : addressOf(backend, bias), activation: activationCodes[name as keyof typeof activationCodes], alpha: Number(attributes['leakyreluAlpha'] ?? 0),
        })
      },
    },
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
