import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { NeuralPool } from '../../wasm/kernel-pool.ts'

/** Where kernels of ours compute: threads over TensorFlow.js's memory, and room for each of them. */
export type KernelSpace = {
  readonly pool: NeuralPool
  /** `productScratch` bytes for each thread. */
  readonly scratch: readonly number[]
  /** Runs with so many more bytes of TensorFlow.js's memory, aligned to 64. */
  borrow<T>(bytes: number, use: (address: number) => T): T
  /** The 32-bit words of that memory from an address on. */
  words(address: number, count: number): Int32Array
}

/** A kernel of ours under the name by which TensorFlow.js calls it. */
export type OwnKernel = {
  readonly name: string
  /** `original` is TensorFlow.js's own, for cases that ours leaves to it; undefined where it has none. */
  run(inputs: NamedTensorInfoMap, attributes: NamedAttrMap, backend: BackendWasm, original: KernelFunc | undefined): TensorInfo | TensorInfo[]
}

/** Address of a tensor's first cell. */
export function addressOf(backend: BackendWasm, { dataId }: TensorInfo): number {
  return backend.getMemoryOffset(dataId)
}

/** An input that the kernel cannot do without. */
export function inputOf(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const input = inputs[name]
  if (input === undefined) throw new Error(`A kernel was called without ${name}`)
  return input
}

const LEAST_CELLS = 40_000 // about 10 µs: below, waking another thread costs more than it saves

/** Threads that are worth waking for a pass over so many cells. */
export function lanesFor(cells: number, threads: number): number {
  return Math.max(1, Math.min(threads, Math.floor(cells / LEAST_CELLS)))
}
