import { div, mul, reshape, square, sub, sum } from '@tensorflow/tfjs-core'
import type { Loss } from './loss.ts'

/** Half the squared difference: its gradient is the difference. */
export const squaredError: Loss = {
  evaluate(output, target, weights, total) {
    const difference = sub(output, reshape(target, output.shape))
    const shares = reshape(div(weights, total), output.shape)
    return { loss: mul(sum(mul(square(difference), shares)), 0.5), gradient: mul(difference, shares) }
  },
}
