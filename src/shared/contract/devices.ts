import { z } from 'zod'
import { startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

/** A way to compute, and whether it works here. */
export const backendSchema = z
  .object({
    id: z.enum(['tensorflow', 'webgpu', 'wasm', 'wasm-simd', 'cpu']),
    available: z.boolean(),
    selfTest: z.enum(['passed', 'failed', 'not run']),
    /** In words: why it is available or not. */
    reason: z.string(),
    /** `memoryBytes` is what one step may use of it; null where the driver does not tell. `threads` of this machine; 0: it computes by itself. */
    devices: z.array(z.object({ name: z.string(), memoryBytes: z.number().nullable(), threads: z.number() }).readonly()).readonly(),
  })
  .readonly()

/** What this machine computes with; graphics cards first. */
export const devicesSchema = z
  .object({
    /** What models are trained by where a step does not name another; null where it fails its self-test. */
    chosen: z.enum(['tensorflow', 'webgpu', 'wasm', 'wasm-simd', 'cpu']).nullable(),
    backends: z.array(backendSchema).readonly(),
  })
  .readonly()

/** What this machine computes with. */
export const devices = {
  /** What the last self-test found; tries now where none ran since the engine started. */
  list: method(z.object({}), devicesSchema),
  /** Tries every backend again; the job's result is the same as of `list`. */
  selfTest: method(z.object({}), startedJobSchema),
}
