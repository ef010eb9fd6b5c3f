import { mul, neg, square, sub, step, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from '../run-kernel.ts'

/** Functions between the layers of a network; `linear` does nothing. */
export const activations = ['linear', 'relu', 'sigmoid', 'tanh'] as const

/** One of them. */
export type Activation = (typeof activations)[number]

/** The loss's gradient before an activation, from that behind it and the activation's output. */
export function activationGradient(activation: Activation, output: Tensor, gradient: Tensor): Tensor {
  if (activation === 'linear') return gradient
  if (hasKernel('ActivationGradient')) return runKernel('ActivationGradient', { output, gradient }, { activation })
  if (activation === 'relu') return mul(gradient, step(output))
  if (activation === 'sigmoid') return mul(gradient, mul(output, sub(1, output)))
  return mul(gradient, neg(sub(square(output), 1)))
}
