import { workerUrl } from '../base/worker-url.ts'
import type { KernelPool } from '../wasm/kernel-pool.ts'

type Closable = KernelPool & { close?(): void | Promise<void> }

/** Starts the compute kernels with that many threads. */
export async function openKernels(threads: number): Promise<KernelPool> {
  const module = (await import(workerUrl('../wasm/create-kernel-pool.ts', import.meta.url).href)) as {
    createKernelPool(options: { readonly threads: number }): Promise<KernelPool>
  }
  return module.createKernelPool({ threads })
}

/** Ends the kernels' threads, where they were started. */
export async function closeKernels(kernels: Promise<KernelPool> | undefined): Promise<void> {
  const pool = (await kernels?.catch(() => undefined)) as Closable | undefined
  await pool?.close?.()
}
