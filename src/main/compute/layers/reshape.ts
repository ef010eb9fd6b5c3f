import { reshape as reshaped } from '@tensorflow/tfjs-core'
import type { Layer } from './layer.ts'

/** The cells of every row in another shape: numbers as an image or a sequence, or back as numbers. */
export function reshape(shape: readonly number[]): Layer {
  return {
    parameters: [],
    forward: (input) => ({ output: reshaped(input, [-1, ...shape]), kept: [] }),
    backward: ({ input, gradient }, wantsInput) => ({ input: wantsInput ? reshaped(gradient, input.shape) : undefined, weights: [] }),
  }
}
