import type { Tensor } from '@tensorflow/tfjs-core'

/** What a network is trained for. */
export type Loss = {
  /**
   * Weighted sum of the rows' losses over `total`, a scalar, and its gradient by the network's output [rows, outputs]. `target` holds one number or class per row,
   * `weights` one number of 0 or more.
   */
  evaluate(output: Tensor, target: Tensor, weights: Tensor, total: number): { readonly loss: Tensor; readonly gradient: Tensor }
}
