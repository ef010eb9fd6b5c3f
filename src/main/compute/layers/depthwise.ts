import { sum, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '../run-kernel.ts'
import { activationGradient, type Activation } from './activation.ts'
import { uniformNumbers } from './dense.ts'
import type { Layer } from './layer.ts'

/** A convolution of images [rows, height, width, channels] in which every channel has one square filter of its own, as large as before where `pad` is `same`. */
export function depthwise(channels: number, size: number, activation: Exclude<Activation, 'tanh'>, { strides = 1, pad = 'same' }: { readonly strides?: number; readonly pad?: 'same' | 'valid' } = {}): Layer {
  const shape = [size, size, channels, 1]
  const window = { strides: [strides, strides], pad, dataFormat: 'NHWC', dilations: [1, 1] }
  return {
    parameters: [
      { name: 'filter', shape, decays: true, initial: (rng) => uniformNumbers(rng, size * size * channels, Math.sqrt(6) / size) }, // He et al. 2015: size · size inputs
      { name: 'bias', shape: [channels], decays: false, initial: () => new Float32Array(channels) },
    ],
    forward(x, [filter, bias]) {
      return { output: runKernel('FusedDepthwiseConv2D', { x, filter: filter as Tensor, bias: bias as Tensor }, { ...window, activation }), kept: [] }
    },
    backward({ input: x, output, weights: [filter], gradient }, wantsInput) {
      const dy = activationGradient(activation, output, gradient)
      return {
        input: wantsInput ? runKernel('DepthwiseConv2dNativeBackpropInput', { dy, filter: filter as Tensor }, { ...window, inputShape: x.shape }) : undefined,
        weights: [runKernel('DepthwiseConv2dNativeBackpropFilter', { x, dy }, { ...window, filterShape: shape }), sum(dy, [0, 1, 2])],
      }
    },
  }
}
