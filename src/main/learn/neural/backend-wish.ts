import { z } from 'zod'
import { backendWishes, type BackendWish, type RunningBackend } from '../../compute/backend.ts'
import { startBackend } from '../../compute/backends/index.ts'
import type { FitContext } from '../fit-context.ts'

/** The parameter by which a network names what it computes on. */
export const backendParam = z
  .enum(backendWishes)
  .default('auto')
  .describe('What computes, see `millrace devices`; auto: what the pipeline file says, else the first that passes its self-test, a graphics card before the processor')

/** Starts what the parameter names, or what the run has settled on. */
export function startWishedBackend(wish: BackendWish, { backend, pool }: Pick<FitContext, 'backend' | 'pool'>): Promise<RunningBackend> {
  return startBackend(wish === 'auto' ? (backend ?? 'wasm') : wish, { threads: pool.threads })
}
