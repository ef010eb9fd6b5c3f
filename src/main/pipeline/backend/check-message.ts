import { z } from 'zod'
import { errorDataSchema } from '#shared/errors.ts'
import { backendIds } from '../../compute/backend.ts'
import { networkKinds } from '../../compute/self-test/networks.ts'
import { deviceSchema } from './check.ts'

/** Asks a process to test a backend. */
export const checkRequestSchema = z.object({ id: z.enum(backendIds), threads: z.number() })

/** What it answers, once. */
export const checkAnswerSchema = z.union([
  z.object({ output: z.object({ device: deviceSchema, trains: z.array(z.enum(networkKinds)), failures: z.partialRecord(z.enum(networkKinds), z.string()), lies: z.boolean() }) }),
  z.object({ error: errorDataSchema }),
])

/** What it answers. */
export type CheckAnswer = z.infer<typeof checkAnswerSchema>
