import { runKernel } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** The largest value of every square of an image, square beside square. */
export function maxPool(size: number): Layer {
  const window = { filterSize: [size, size], strides: [size, size], pad: 'valid' }
  return {
    parameters: [],
    forward: (x) => ({ output: runKernel('MaxPool', { x }, window), kept: [] }),
    backward: ({ input, output, gradient: dy }, wantsInput) => ({ input: wantsInput ? runKernel('MaxPoolGrad', { dy, input, output }, window) : undefined, weights: [] }),
  }
}
