import type { KernelPool } from '../wasm/kernel-pool.ts'

/** Starts the compute kernels with that many threads. */
export async function openKernels(threads: number): Promise<KernelPool> {
  const { createKernelPool } = await import('../wasm/create-kernel-pool.ts')
  return createKernelPool({ threads })
}

/** Ends the kernels' threads, where they were started. */
export async function closeKernels(kernels: Promise<KernelPool> | undefined): Promise<void> {
  // What failed to start was reported by the step that asked for it.
  const pool = await kernels?.catch(() => undefined)
  await pool?.close()
}
