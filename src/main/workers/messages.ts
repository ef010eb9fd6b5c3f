import { z } from 'zod'
import { measurementSchema } from '#shared/domain/measurement.ts'
import type { ErrorData } from '#shared/errors.ts'

/** What a thread of a pool is started with: the counter of its native calls, and a flag that stops whatever job it has. */
export const workerStartSchema = z.object({ calls: z.instanceof(SharedArrayBuffer), stop: z.instanceof(SharedArrayBuffer) })

/** What a thread of a pool is started with. */
export type WorkerStart = z.infer<typeof workerStartSchema>

/** What a pool sends to a worker: a job, or that it is to end once its job has. */
export const threadMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('job'),
    /** Module whose default export does the job. */
    module: z.string(),
    input: z.unknown(),
    abort: z.instanceof(SharedArrayBuffer),
  }),
  z.object({ type: z.literal('end') }),
])

/** What a pool sends to a worker. */
export type ThreadMessage = z.infer<typeof threadMessageSchema>

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
