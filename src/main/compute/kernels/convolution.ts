import { util, type backend_util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { activationCodes, type NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { gradientOfFilter } from './filter-gradient.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'
import { convolutionInfo, pixelsOf, withWindow } from './window.ts'

type Info = backend_util.Conv2DInfo
type Fused = { readonly bias: number; readonly activation: number; readonly alpha: number }

/** Products of a few rows add up in another order, which a part must not. */
const LEAST_PIXELS = 24

/** Convolutions of images [batch, height, width, channels], with bias and activation in the same pass, and both gradients. */
export function convolutions(space: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'Conv2D',
      run: (inputs, attributes, backend) =>
        convolve(space, convolutionInfo(inputOf(inputs, 'x').shape, inputOf(inputs, 'filter').shape, attributes), inputOf(inputs, 'x'), inputOf(inputs, 'filter'), backend, { bias: 0, activation: 0, alpha: 0 }),
    },
    {
      name: 'FusedConv2D',
      run(inputs, attributes, backend, original) {
        const [x, filter, { bias, preluActivationWeights }] = [inputOf(inputs, 'x'), inputOf(inputs, 'filter'), inputs]
        const name = (attributes['activation'] as string | undefined) ?? 'linear'
        if (preluActivationWeights !== undefined || !(name in activationCodes)) {
          if (original === undefined) throw new Error(`No convolution with the activation ${name}`)
          return original({ inputs, attrs: attributes, backend })
        }
        const activation = activationCodes[name as keyof typeof activationCodes]
        const fused = { bias: bias === undefined ? 0 : addressOf(backend, bias), activation, alpha: Number(attributes['leakyreluAlpha'] ?? 0) }
        return convolve(space, convolutionInfo(x.shape, filter.shape, attributes), x, filter, backend, fused)
      },
    },
    {
      name: 'Conv2DBackpropFilter',
      run(inputs, attributes, backend) {
        const [x, dy] = [inputOf(inputs, 'x'), inputOf(inputs, 'dy')]
        const info = convolutionInfo(x.shape, attributes['filterShape'] as number[], attributes)
        return gradientOfFilter(space, backend, info, info.filterShape, (window) => space.pool.call('convolutionScratch', window), (window, out, from, to, scratch) => ({
          kernel: 'convolutionFilterGradient', args: [window, addressOf(backend, x), addressOf(backend, dy), out, from, to, scratch],
        }))
      },
    },
    {
      name: 'Conv2DBackpropInput',
      run(inputs, attributes, backend) {
        const [dy, filter] = [inputOf(inputs, 'dy'), inputOf(inputs, 'filter')]
        const info = convolutionInfo(attributes['inputShape'] as number[], filter.shape, attributes)
        const out = backend.makeOutput(info.inShape, 'float32')
        const [from, weights, to] = [addressOf(backend, dy), addressOf(backend, filter), addressOf(backend, out)]
        inParts(space, info, info.batchSize, (window, part, scratch) => ({ kernel: 'convolutionInputGradient', args: [window, from, weights, to, part.from, part.to, scratch] }))
        return out
      },
    },
  ]
}

function convolve(space: KernelSpace, info: Info, x: TensorInfo, filter: TensorInfo, backend: BackendWasm, { bias, activation, alpha }: Fused): TensorInfo {
  const out = backend.makeOutput(info.outShape, 'float32')
  const [from, weights, to] = [addressOf(backend, x), addressOf(backend, filter), addressOf(backend, out)]
  inParts(space, info, pixelsOf(info), (window, part, scratch) => ({ kernel: 'convolve', args: [window, from, weights, to, part.from, part.to, bias, activation, alpha, scratch] }))
  return out
}

/** Shares `count` pixels or images among the threads, each with scratch of its own. */
function inParts(space: KernelSpace, info: Info, count: number, call: (window: number, part: { readonly from: number; readonly to: number }, scratch: number) => NeuralCall): void {
  withWindow(space, info, (window) => {
    const bytes = Math.ceil(space.pool.call('convolutionScratch', window) / 64) * 64
    const pixels = pixelsOf(info)
    const lanes = lanesFor(pixels * util.sizeFromShape(info.filterShape), space.pool.threads)
    const parts = cutRange(0, count, Math.min(count, lanes, Math.max(1, Math.floor(pixels / LEAST_PIXELS))))
    space.borrow(bytes * Math.max(1, parts.length), (scratch) => space.pool.together(parts.map((part, lane) => call(window, part, scratch + lane * bytes))))
  })
}
