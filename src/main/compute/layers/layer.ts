import type { Tensor } from '@tensorflow/tfjs-core'
import type { Rng } from '../../base/rng.ts'

/** Weights that a layer learns. */
export type Parameter = {
  /** Unique within the layer. */
  readonly name: string
  readonly shape: readonly number[]
  /** Values before training, drawn from a seeded source. */
  initial(rng: Rng): Float32Array
  /** Whether weight decay pulls it towards 0. */
  readonly decays: boolean
}

/**
 * How a batch goes through. `train`: layers drop cells at random and use the batch's own mean and deviation. `measure`: the same without chance, to
 * learn those of many rows. `predict`: with what was measured.
 */
export type Pass = { readonly mode: 'train' | 'measure'; readonly rng: Rng } | { readonly mode: 'predict' }

/** What a layer gives, and what its gradient needs beside its input and output. */
export type Forward = { readonly output: Tensor; readonly kept: readonly Tensor[] }

/** What the gradient of a layer is computed from. `gradient` is the loss's by the layer's output. */
export type BackwardInput = Forward & { readonly input: Tensor; readonly weights: readonly Tensor[]; readonly gradient: Tensor }

/** The loss's gradient by a layer's input, undefined where nobody asked for it, and by its weights in their order. */
export type Backward = { readonly input: Tensor | undefined; readonly weights: readonly Tensor[] }

/**
 * A part of a network: rows in, rows out, and the gradient back. Written on TensorFlow.js's kernels, so that it runs on every backend. Tensors
 * that it makes belong to the caller's `tidy`.
 */
export type Layer = {
  readonly parameters: readonly Parameter[]
  /** Vectors that it measures on a batch instead of learning them: the first of `kept`. Absent: none. */
  readonly measured?: readonly { readonly name: string; readonly size: number }[]
  /** `weights` lie in the order of `parameters`, for `predict` followed by what was measured. */
  forward(input: Tensor, weights: readonly Tensor[], pass: Pass): Forward
  /** `wantsInput` is false for the first layer that learns: nobody learns from the gradient by the data. */
  backward(from: BackwardInput, wantsInput: boolean): Backward
}
