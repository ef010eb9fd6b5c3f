import { z } from 'zod'
import type { ErrorData } from '#shared/errors.ts'

/** What a session's thread is started with; `calls` counts its native calls. */
export const sessionStartSchema = z.object({ module: z.string(), start: z.unknown(), calls: z.instanceof(SharedArrayBuffer) })

/** What a session is asked; `close` ends it. */
export const sessionRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ask'), id: z.number(), input: z.unknown(), abort: z.instanceof(SharedArrayBuffer) }),
  z.object({ type: z.literal('close') }),
])

/** What a session is asked. */
export type SessionRequest = z.infer<typeof sessionRequestSchema>

/** What a session answers. */
export const sessionAnswerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('done'), id: z.number(), output: z.unknown() }),
  z.object({ type: z.literal('failed'), id: z.number(), error: z.custom<ErrorData>((value) => typeof value === 'object' && value !== null) }),
])

/** What a session answers. */
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>
