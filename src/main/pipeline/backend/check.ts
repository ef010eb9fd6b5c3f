import { z } from 'zod'
import { networkKinds } from '../../compute/self-test/networks.ts'

/** What a backend computes on. */
export const deviceSchema = z.object({
  kind: z.enum(['gpu', 'processor', 'software']), name: z.string(), driver: z.string(), memoryBytes: z.number().nullable(), threads: z.number(),
})

/** What became of trying a backend. */
export const backendCheckSchema = z.object({
  /** `absent`: it is not on this machine. `failed`: it is, and computes wrongly, hangs or crashes. */
  outcome: z.enum(['passed', 'failed', 'absent']),
  device: deviceSchema.nullable(),
  /** Kinds of network of which a training step gave the right gradients. */
  trains: z.array(z.enum(networkKinds)),
  /** What was found, in sentences. */
  found: z.string(),
  /** What gets it going where it does not; may be empty. */
  nextStep: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
})

/** What became of trying a backend. */
export type BackendCheck = z.infer<typeof backendCheckSchema>
