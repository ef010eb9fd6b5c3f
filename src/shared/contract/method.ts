import type { z } from 'zod'

/** One thing that the window may ask for: what it hands over and what comes back. */
export type Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = { readonly input: I; readonly output: O }

/** Declares a method of a domain's contract. */
export function method<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Method<I, O> {
  return { input, output }
}
