import type { Arena } from './arena.ts'
import type { KernelName } from './kernel-names.ts'
import type { NeuralCall, NeuralKernelName, NeuralKernels } from './neural-kernels.ts'

export type { KernelName } from './kernel-names.ts'

/** A kernel call: pointers and numbers, as WebAssembly takes them. */
export type KernelCall<Name extends string = KernelName> = { readonly kernel: Name; readonly args: readonly number[] }

/** The threads of a pool. */
export type KernelThreads = {
  /** This thread included; 1 means no helpers. */
  readonly threads: number
  /** Why there are fewer than were asked for; absent: there are as many. */
  readonly missing?: string
  /** Ends the helper threads; the pool must not be used afterwards. */
  close(): Promise<void>
}

/**
 * The tree and linear kernels over one shared memory, on this thread and on helper threads.
 * Integer kernels give the same bytes for any number of threads.
 */
export type KernelPool = KernelThreads & {
  readonly arena: Arena
  /** Runs a kernel on this thread and returns its result (0 where it has none). */
  call(kernel: KernelName, ...args: readonly number[]): number
  /** Runs at most `threads` calls at the same time, the first on this thread; blocks, and returns their results in order. */
  together(calls: readonly KernelCall[]): readonly number[]
}

/** The neural kernels over a shared memory that its owner hands out, on this thread and on helper threads. */
export type NeuralPool = KernelThreads & {
  /** Runs a kernel on this thread and returns its result (0 where it has none). */
  call<K extends NeuralKernelName>(kernel: K, ...args: Readonly<Parameters<NeuralKernels[K]>>): number
  /** Runs at most `threads` calls at the same time, the first on this thread; blocks, and returns their results in order. */
  together(calls: readonly NeuralCall[]): readonly number[]
}
