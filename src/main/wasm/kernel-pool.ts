import type { Arena } from './arena.ts'
import type { KernelName } from './kernel-names.ts'
import type { KernelCall } from './mailbox.ts'

export type { KernelName } from './kernel-names.ts'
export type { KernelCall } from './mailbox.ts'

/**
 * The compiled kernels over one shared memory, on this thread and on helper threads.
 * Integer kernels give the same bytes for any number of threads.
 */
export type KernelPool = {
  /** This thread included; 1 means no helpers. */
  readonly threads: number
  readonly arena: Arena
  /** Runs a kernel on this thread and returns its result (0 where it has none). */
  call(kernel: KernelName, ...args: readonly number[]): number
  /** Runs at most `threads` calls at the same time, the first on this thread; blocks, and returns their results in order. */
  together(calls: readonly KernelCall[]): readonly number[]
  /** Ends the helper threads; the pool must not be used afterwards. */
  close(): Promise<void>
}
