import { add, mean, moments, mul, rsqrt, sub, sum, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernels } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** Added to a variance before its root is taken. */
export const BATCH_NORM_EPSILON = 1e-3

/**
 * Every column, or channel of images, to mean 0 and deviation 1 over the rows of the batch, then stretched and moved by what it learns (Ioffe and Szegedy 2015). Predictions use
 * the mean and deviation of many training rows, measured once, in place of running means that lag behind.
 */
export function batchNorm(columns: number): Layer {
  return {
    parameters: [
      { name: 'gamma', shape: [columns], decays: false, initial: () => new Float32Array(columns).fill(1) },
      { name: 'beta', shape: [columns], decays: false, initial: () => new Float32Array(columns) },
    ],
    measured: [{ name: 'mean', size: columns }, { name: 'variance', size: columns }],
    forward(x, weights, pass) {
      const [gamma, beta, ...measured] = weights as [Tensor, Tensor, ...Tensor[]]
      if (pass.mode !== 'predict' && hasKernel('BatchNormTraining')) {
        const [output, ...kept] = runKernels('BatchNormTraining', { x, gamma, beta }, { epsilon: BATCH_NORM_EPSILON }) as [Tensor, Tensor, Tensor, Tensor]
        return { output, kept }
      }
      const [centre, variance] = pass.mode === 'predict' ? (measured as [Tensor, Tensor]) : own(x)
      const inverse = rsqrt(add(variance, BATCH_NORM_EPSILON))
      return { output: add(mul(mul(sub(x, centre), inverse), gamma), beta), kept: [centre, variance, inverse] }
    },
    // By the input: γ/σ · (g − mean g − x̂ · mean(g · x̂)), the means over the batch.
    backward({ input: x, kept, weights, gradient }, wantsInput) {
      const [centre, , inverse] = kept as [Tensor, Tensor, Tensor]
      const gamma = weights[0] as Tensor
      if (hasKernel('BatchNormGradient')) {
        const [input, ...own] = runKernels('BatchNormGradient', { x, gradient, mean: centre, inverse, gamma }) as [Tensor, Tensor, Tensor]
        return { input, weights: own }
      }
      const normal = mul(sub(x, centre), inverse)
      const turned = mul(gradient, normal)
      const over = axesOf(x)
      const byInput = (): Tensor => mul(mul(gamma, inverse), sub(sub(gradient, mean(gradient, over)), mul(normal, mean(turned, over))))
      return { input: wantsInput ? byInput() : undefined, weights: [sum(turned, over), sum(gradient, over)] }
    },
  }
}

function own(input: Tensor): [Tensor, Tensor] {
  const { mean, variance } = moments(input, axesOf(input))
  return [mean, variance]
}

/** Every axis but the last. */
function axesOf({ shape }: Tensor): number[] {
  return [...shape.keys()].slice(0, -1)
}
