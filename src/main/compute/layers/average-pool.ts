import { runKernel } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** The mean of every square of an image, square beside square. */
export function averagePool(size: number): Layer {
  const window = { filterSize: [size, size], strides: [size, size], pad: 'valid' }
  return {
    parameters: [],
    forward: (x) => ({ output: runKernel('AvgPool', { x }, window), kept: [] }),
    backward: ({ input, gradient: dy }, wantsInput) => ({ input: wantsInput ? runKernel('AvgPoolGrad', { dy, input }, window) : undefined, weights: [] }),
  }
}
