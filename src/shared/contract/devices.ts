import { z } from 'zod'
import { backendIds } from '../domain/backend.ts'
import { startedJobSchema } from './envelopes.ts'
import { method } from './method.ts'

/** A way to compute, and whether it works here. */
export const backendSchema = z
  .object({
    id: z.enum(backendIds),
    available: z.boolean(),
    selfTest: z.enum(['passed', 'failed', 'not run']),
    /** In words: why it is available or not, and what it can train. */
    reason: z.string(),
    /** What gets it going where it does not; may be empty. */
    nextStep: z.string(),
    /** When it was tried, in milliseconds since 1970. */
    testedAt: z.number(),
    /** `memoryBytes` is what one step may use of it; null where the driver does not tell. `threads` of this machine; 0: it computes by itself. */
    devices: z.array(z.object({ name: z.string(), memoryBytes: z.number().nullable(), threads: z.number() }).readonly()).readonly(),
  })
  .readonly()

/** What this machine computes with; graphics cards first. */
export const devicesSchema = z
  .object({
    /** What neural networks are trained by where neither the step nor the pipeline names another; null where nothing trains them all. */
    chosen: z.enum(backendIds).nullable(),
    /** Why that one, in words. */
    why: z.string(),
    /** Graphics cards that the system knows of, whether or not anything can compute with them. */
    cards: z.array(z.object({ name: z.string(), driver: z.string(), memoryBytes: z.number().nullable() }).readonly()).readonly(),
    backends: z.array(backendSchema).readonly(),
  })
  .readonly()

/** What this machine computes with. */
export const devices = {
  /** What the last self-test of each found; tries now where none was with these drivers. */
  list: method(z.object({}), devicesSchema),
  /** Tries every backend again; the job's result is the same as of `list`. */
  selfTest: method(z.object({}), startedJobSchema),
}
