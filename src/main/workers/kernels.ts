import type { Log } from '../base/log.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'

/** Starts the compute kernels with that many threads; where the system starts fewer, goes on with those and says so. */
export async function openKernels(threads: number, log: Log): Promise<KernelPool> {
  const { createKernelPool } = await import('../wasm/create-kernel-pool.ts')
  const pool = await createKernelPool({ threads })
  if (pool.missing !== undefined) log.warn(fewerThreads(pool.threads, threads, pool.missing))
  return pool
}

function fewerThreads(got: number, wanted: number, because: string): string {
  return `Computes on ${got === 1 ? 'one thread' : `${String(got)} threads`} in place of ${String(wanted)}, and slower: no more could be started (${because})`
}

/** Ends the kernels' threads, where they were started. */
export async function closeKernels(kernels: Promise<KernelPool> | undefined): Promise<void> {
  // What failed to start was reported by the step that asked for it.
  const pool = await kernels?.catch(() => undefined)
  await pool?.close()
}
