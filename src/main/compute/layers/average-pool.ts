import { runKernel } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** The mean of every window of an image, height by width or a square, window beside window. */
export function averagePool(size: number | readonly [number, number]): Layer {
  const sides = typeof size === 'number' ? [size, size] : [...size]
  const window = { filterSize: sides, strides: sides, pad: 'valid' }
  return {
    parameters: [],
    forward: (x) => ({ output: runKernel('AvgPool', { x }, window), kept: [] }),
    backward: ({ input, gradient: dy }, wantsInput) => ({ input: wantsInput ? runKernel('AvgPoolGrad', { dy, input }, window) : undefined, weights: [] }),
  }
}
