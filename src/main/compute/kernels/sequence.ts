import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { splitProduct, type Product } from '../../wasm/split-product.ts'
import { lanesFor, type KernelSpace } from './own-kernel.ts'

/** Sizes of a pass of a recurrent layer over sequences. */
export type Sequence = { readonly batch: number; readonly steps: number; readonly features: number; readonly units: number }

/** Sizes from x, [batch, steps, features], and the recurrent matrix, [units, gates · units]. */
export function sequenceOf(x: TensorInfo, recurrent: TensorInfo): Sequence {
  const [batch, steps, features] = x.shape as [number, number, number]
  return { batch, steps, features, units: recurrent.shape[0] ?? 0 }
}

/** A matrix product on all threads. */
export function multiply({ pool, scratch }: KernelSpace, product: Product): void {
  pool.together(splitProduct(product, scratch))
}

/** Shares the rows of the batch among the threads, each with `scratchBytes` of its own. */
export function inBatchParts({ pool, borrow }: KernelSpace, { batch, steps, units }: Sequence, scratchBytes: number, call: (from: number, to: number, scratch: number) => NeuralCall): void {
  const bytes = Math.ceil(scratchBytes / 64) * 64
  const parts = cutRange(0, batch, Math.min(batch, lanesFor(batch * steps * units * units, pool.threads)))
  borrow(bytes * parts.length, (scratch) => pool.together(parts.map(({ from, to }, lane) => call(from, to, scratch + lane * bytes))))
}
