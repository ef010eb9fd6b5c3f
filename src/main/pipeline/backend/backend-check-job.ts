import type { BackendId, ComputeDevice } from '../../compute/backend.ts'
import { startBackend } from '../../compute/backends/index.ts'
import { selfTest, type SelfTest } from '../../compute/self-test/self-test.ts'
import type { Job } from '../../workers/job.ts'

/** Which backend to start and test, on how many threads. */
export type BackendCheckInput = { readonly id: BackendId; readonly threads: number }

/** What it computes on, and what it can train. */
export type BackendCheckOutput = SelfTest & { readonly device: ComputeDevice }

/** Starts a backend on this thread, tests it and ends it. */
export async function checkOnThisThread({ id, threads }: BackendCheckInput): Promise<BackendCheckOutput> {
  const backend = await startBackend(id, { threads })
  try {
    return { device: backend.device, ...(await selfTest()) }
  } finally {
    await backend.close()
  }
}

const check: Job<BackendCheckInput, BackendCheckOutput> = (input) => checkOnThisThread(input)

export default check
