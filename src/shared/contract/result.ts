import { z } from 'zod'
import { errorDataSchema, fromErrorData, toErrorData, type ErrorData } from '../errors.ts'

/** What every call answers with: a value, or an error that says what to do next. */
export type Result<T = unknown> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData }

/** The envelope as it arrives; its value is checked by the method's own schema. */
export const resultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorDataSchema }),
])

/** Puts what a call gives or throws into the envelope. */
export async function resultOf<T>(work: () => T | Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error: toErrorData(error) }
  }
}

/** Takes the value out of the envelope; throws the error that is in it. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw fromErrorData(result.error)
}
