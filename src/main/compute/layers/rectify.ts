import { relu } from '@tensorflow/tfjs-core'
import { activationGradient } from './activation.ts'
import type { Layer } from './layer.ts'

/** Nothing below zero: behind a layer that could not do it itself, as normalisation. */
export function rectify(): Layer {
  return {
    parameters: [],
    forward: (input) => ({ output: relu(input), kept: [] }),
    backward: ({ output, gradient }, wantsInput) => ({ input: wantsInput ? activationGradient('relu', output, gradient) : undefined, weights: [] }),
  }
}
