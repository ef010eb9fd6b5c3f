import { runKernel } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** The largest value of every window of an image, height by width or a square, window beside window. */
export function maxPool(size: number | readonly [number, number]): Layer {
  const sides = typeof size === 'number' ? [size, size] : [...size]
  const window = { filterSize: sides, strides: sides, pad: 'valid' }
  return {
    parameters: [],
    forward: (x) => ({ output: runKernel('MaxPool', { x }, window), kept: [] }),
    backward: ({ input, output, gradient: dy }, wantsInput) => ({ input: wantsInput ? runKernel('MaxPoolGrad', { dy, input, output }, window) : undefined, weights: [] }),
  }
}
