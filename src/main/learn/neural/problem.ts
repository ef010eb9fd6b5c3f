import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../../compute/losses/cross-entropy.ts'
import type { Loss } from '../../compute/losses/loss.ts'
import { squaredError } from '../../compute/losses/squared-error.ts'
import type { Target } from '../../table/matrix.ts'

/** What turns scores into predictions: probabilities of two or more classes, or a number, which is score · scale + shift. */
export type Output = {
  readonly link: 'logistic' | 'softmax' | 'identity'
  readonly classes: readonly string[]
  readonly scale: number
  readonly shift: number
}

/** What a network is to learn: the target in its own numbers, and the loss. */
export type Problem = { readonly output: Output; readonly loss: Loss; readonly lossName: string; readonly values: Int32Array | Float32Array }

/** The problem that a target poses; numbers are brought to mean 0 and deviation 1. */
export function problemOf(target: Target): Problem {
  if (target.kind === 'numbers') {
    const { values } = target
    const shift = values.reduce((sum, value) => sum + value, 0) / values.length
    const scale = Math.sqrt(values.reduce((sum, value) => sum + (value - shift) ** 2, 0) / values.length) || 1
    const output: Output = { link: 'identity', classes: [], scale, shift }
    return { output, loss: squaredError, lossName: 'squared error', values: valuesIn(output, target) }
  }
  const { classes } = target
  const two = classes.length <= 2
  const output: Output = { link: two ? 'logistic' : 'softmax', classes, scale: 1, shift: 0 }
  return { output, loss: two ? sigmoidCrossEntropy : softmaxCrossEntropy, lossName: 'log loss', values: valuesIn(output, target) }
}

/** A target in the numbers of an output that other rows defined. */
export function valuesIn({ link, scale, shift }: Output, target: Target): Problem['values'] {
  if (target.kind === 'numbers') return Float32Array.from(target.values, (value) => (value - shift) / scale)
  return link === 'logistic' ? Float32Array.from(target.codes) : target.codes
}

/** Number of scores per row. */
export function outputsOf({ link, classes }: Pick<Output, 'link' | 'classes'>): number {
  return link === 'softmax' ? classes.length : 1
}
