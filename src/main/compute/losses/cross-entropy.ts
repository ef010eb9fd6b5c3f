import { add, cast, div, logSoftmax, mul, neg, oneHot, reshape, sigmoid, softmax, softplus, sub, sum, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import { hasKernel, runKernels } from '../run-kernel.ts'
import type { Loss } from './loss.ts'

/** −log of the probability that softmax gives the row's class; `target` holds class numbers (int32). */
export const softmaxCrossEntropy: Loss = {
  evaluate(output, target, weights, total) {
    const shares = div(weights, total)
    if (hasKernel('SoftmaxCrossEntropy')) return pair(runKernels('SoftmaxCrossEntropy', { scores: output, target, weights: shares }))
    const truth = cast(oneHot(target as Tensor1D, output.shape[1] ?? 1), 'float32')
    const column = reshape(shares, [-1, 1])
    const losses = neg(sum(mul(truth, logSoftmax(output)), 1, true))
    return { loss: sum(mul(losses, column)), gradient: mul(sub(softmax(output), truth), column) }
  },
}

/** log(1 + e^score) − y · score for y 0 or 1 (float32): two classes with one output. */
export const sigmoidCrossEntropy: Loss = {
  evaluate(output, target, weights, total) {
    const shares = reshape(div(weights, total), output.shape)
    if (hasKernel('SigmoidCrossEntropy')) return pair(runKernels('SigmoidCrossEntropy', { scores: output, target, weights: shares }))
    const truth = reshape(target, output.shape)
    return { loss: sum(mul(add(softplus(output), neg(mul(truth, output))), shares)), gradient: mul(sub(sigmoid(output), truth), shares) }
  },
}

function pair(tensors: readonly Tensor[]): ReturnType<Loss['evaluate']> {
  const [loss, gradient] = tensors as [Tensor, Tensor]
  return { loss, gradient }
}
