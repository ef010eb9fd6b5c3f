import { sum, tanh, type Tensor } from '@tensorflow/tfjs-core'
import type { Rng } from '../../base/rng.ts'
import { runKernel } from '../run-kernel.ts'
import { activationGradient, type Activation } from './activation.ts'
import type { Layer } from './layer.ts'

/** output = activation(input · kernel + bias): [rows, inputs] to [rows, outputs]. */
export function dense(inputs: number, outputs: number, activation: Activation): Layer {
  return {
    parameters: [
      { name: 'kernel', shape: [inputs, outputs], decays: true, initial: (rng) => uniformNumbers(rng, inputs * outputs, kernelBound(inputs, outputs, activation)) },
      { name: 'bias', shape: [outputs], decays: false, initial: () => new Float32Array(outputs) },
    ],
    forward(input, [kernel, bias]) {
      const fused = activation === 'tanh' ? 'linear' : activation // no backend fuses tanh
      const output = runKernel('_FusedMatMul', { a: input, b: kernel as Tensor, bias: bias as Tensor }, { transposeA: false, transposeB: false, activation: fused })
      return { output: fused === activation ? output : tanh(output), kept: [] }
    },
    backward({ input, output, weights: [kernel], gradient }, wantsInput) {
      const own = activationGradient(activation, output, gradient)
      return {
        input: wantsInput ? runKernel('BatchMatMul', { a: own, b: kernel as Tensor }, { transposeA: false, transposeB: true }) : undefined,
        weights: [runKernel('BatchMatMul', { a: input, b: own }, { transposeA: true, transposeB: false }), sum(own, 0)],
      }
    },
  }
}

/** Half the width of the uniform start: He et al. 2015 for relu, Glorot and Bengio 2010 for the others. */
function kernelBound(inputs: number, outputs: number, activation: Activation): number {
  return activation === 'relu' ? Math.sqrt(6 / inputs) : Math.sqrt(6 / (inputs + outputs))
}

/** `count` numbers between −bound and bound. */
export function uniformNumbers(rng: Rng, count: number, bound: number): Float32Array {
  return new Float32Array(count).map(() => (2 * rng.uniform() - 1) * bound)
}
