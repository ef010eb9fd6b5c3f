import { mul, tensor, tensor1d, type Tensor } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from '../run-kernel.ts'
import type { Layer } from './layer.ts'

/** While training sets a share of the cells to 0 and scales the others up (Srivastava et al. 2014), the same cells on every backend; else does nothing. */
export function dropout(share: number): Layer {
  const [least, factor] = [Math.floor(share * 2 ** 32), 1 / (1 - share)]
  return {
    parameters: [],
    forward(input, _weights, pass) {
      if (pass.mode !== 'train' || share === 0) return { output: input, kept: [] }
      const seed = pass.rng.below(2 ** 32) | 0
      if (hasKernel('Dropout')) {
        const kept = tensor1d([seed], 'int32')
        return { output: runKernel('Dropout', { x: input, seed: kept }, { least, factor }), kept: [kept] }
      }
      const mask = tensor(maskOf(seed, least, factor, input.size), input.shape)
      return { output: mul(input, mask), kept: [mask] }
    },
    backward({ kept: [kept], gradient }, wantsInput) {
      if (!wantsInput || kept === undefined) return { input: wantsInput ? gradient : undefined, weights: [] }
      return { input: hasKernel('Dropout') ? runKernel('Dropout', { x: gradient, seed: kept }, { least, factor }) : mul<Tensor>(gradient, kept), weights: [] }
    },
  }
}

/** What each cell is multiplied by: the sequence splitmix32 from a seed decides, as in src/kernels/neural/dropout.ts. */
function maskOf(seed: number, least: number, factor: number, size: number): Float32Array {
  const mask = new Float32Array(size)
  for (let i = 0, state = seed; i < size; i++) {
    state = (state + 0x9e3779b9) | 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    if ((z ^ (z >>> 15)) >>> 0 >= least) mask[i] = factor
  }
  return mask
}
