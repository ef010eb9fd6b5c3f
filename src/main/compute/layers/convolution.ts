import { sum, type Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '../run-kernel.ts'
import { activationGradient, type Activation } from './activation.ts'
import { uniformNumbers } from './dense.ts'
import type { Layer } from './layer.ts'

/** A convolution of images [rows, height, width, channels] by square filters, as large as before where `pad` is `same`. */
export function convolution(channels: number, filters: number, size: number, activation: Exclude<Activation, 'tanh'>, { strides = 1, pad = 'same' }: { readonly strides?: number; readonly pad?: 'same' | 'valid' } = {}): Layer {
  const shape = [size, size, channels, filters]
  const window = { strides: [strides, strides], pad, dataFormat: 'NHWC', dilations: [1, 1] }
  const inputs = size * size * channels
  return {
    parameters: [
      { name: 'filter', shape, decays: true, initial: (rng) => uniformNumbers(rng, inputs * filters, Math.sqrt(6 / inputs)) }, // He et al. 2015
      { name: 'bias', shape: [filters], decays: false, initial: () => new Float32Array(filters) },
    ],
    forward(x, [filter, bias]) {
      return { output: runKernel('FusedConv2D', { x, filter: filter as Tensor, bias: bias as Tensor }, { ...window, activation }), kept: [] }
    },
    backward({ input: x, output, weights: [filter], gradient }, wantsInput) {
      const dy = activationGradient(activation, output, gradient)
      return {
        input: wantsInput ? runKernel('Conv2DBackpropInput', { dy, filter: filter as Tensor }, { ...window, inputShape: x.shape }) : undefined,
        weights: [runKernel('Conv2DBackpropFilter', { x, dy }, { ...window, filterShape: shape }), sum(dy, [0, 1, 2])],
      }
    },
  }
}
