import { z } from 'zod'
import { measurementSchema } from '#shared/domain/measurement.ts'
import type { ErrorData } from '#shared/errors.ts'

/** What a pool sends to a worker. */
export const jobMessageSchema = z.object({
  /** Module whose default export does the job. */
  module: z.string(),
  input: z.unknown(),
  abort: z.instanceof(SharedArrayBuffer),
})

/** What a pool sends to a worker. */
export type JobMessage = z.infer<typeof jobMessageSchema>

/** What a worker sends back. */
export const workerMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number(), message: z.string() }),
  z.object({
    type: z.literal('log'),
    line: z.object({ at: z.number(), level: z.enum(['debug', 'info', 'warn', 'error']), message: z.string() }),
  }),
  z.object({ type: z.literal('measured'), measurements: z.array(measurementSchema) }),
  z.object({ type: z.literal('done'), output: z.unknown() }),
  z.object({ type: z.literal('failed'), error: z.custom<ErrorData>((value) => typeof value === 'object' && value !== null) }),
])

/** What a worker sends back. */
export type WorkerMessage = z.infer<typeof workerMessageSchema>
