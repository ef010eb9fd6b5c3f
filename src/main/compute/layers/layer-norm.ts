import { add, mean, moments, mul, rsqrt, sub, sum, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernels } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** Added to a variance before its root is taken. */
export const LAYER_NORM_EPSILON = 1e-3

/** Every row to mean 0 and deviation 1 over its own columns, then stretched and moved by what it learns (Ba, Kiros and Hinton 2016): the same in training and predictions. */
export function layerNorm(columns: number): Layer {
  return {
    parameters: [
      { name: 'gamma', shape: [columns], decays: false, initial: () => new Float32Array(columns).fill(1) },
      { name: 'beta', shape: [columns], decays: false, initial: () => new Float32Array(columns) },
    ],
    forward(x, weights) {
      const [gamma, beta] = weights as [Tensor, Tensor]
      if (hasKernel('LayerNorm')) {
        const [output, ...kept] = runKernels('LayerNorm', { x, gamma, beta }, { epsilon: LAYER_NORM_EPSILON }) as [Tensor, Tensor, Tensor]
        return { output, kept }
      }
      const { mean: centre, variance } = moments(x, -1, true)
      const inverse = rsqrt(add(variance, LAYER_NORM_EPSILON))
      return { output: add(mul(mul(sub(x, centre), inverse), gamma), beta), kept: [centre, inverse] }
    },
    // By the input, with g the gradient times γ: 1/σ · (g − mean g − x̂ · mean(g · x̂)), the means over the row.
    backward({ input: x, kept, weights, gradient }, wantsInput) {
      const [centre, inverse] = kept as [Tensor, Tensor]
      const gamma = weights[0] as Tensor
      if (hasKernel('LayerNormGradient')) {
        const [input, ...own] = runKernels('LayerNormGradient', { x, gradient, mean: centre, inverse, gamma }) as [Tensor, Tensor, Tensor]
        return { input: wantsInput ? input : undefined, weights: own }
      }
      const normal = mul(sub(x, centre), inverse)
      const over = [...x.shape.keys()].slice(0, -1)
      const byInput = (): Tensor => {
        const turned = mul(gradient, gamma)
        return mul(inverse, sub(sub(turned, mean(turned, -1, true)), mul(normal, mean(mul(turned, normal), -1, true))))
      }
      return { input: wantsInput ? byInput() : undefined, weights: [sum(mul(gradient, normal), over), sum(gradient, over)] }
    },
  }
}
