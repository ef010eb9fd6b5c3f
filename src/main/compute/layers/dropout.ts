import { mul, tensor, type Tensor } from '@tensorflow/tfjs-core'
import type { Layer } from './layer.ts'

/** While training sets a share of the cells to 0 and scales the others up (Srivastava et al. 2014), the same cells on every backend; else does nothing. */
export function dropout(share: number): Layer {
  return {
    parameters: [],
    forward(input, _weights, pass) {
      if (pass.mode !== 'train' || share === 0) return { output: input, kept: [] }
      const kept = 1 / (1 - share)
      const mask = tensor(new Float32Array(input.size).map(() => (pass.rng.uniform() < share ? 0 : kept)), input.shape)
      return { output: mul(input, mask), kept: [mask] }
    },
    backward({ kept: [mask], gradient }, wantsInput) {
      const input = mask === undefined ? gradient : mul<Tensor>(gradient, mask)
      return { input: wantsInput ? input : undefined, weights: [] }
    },
  }
}
