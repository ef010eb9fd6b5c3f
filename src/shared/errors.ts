import { z } from 'zod'

/** Stable, machine-readable reason of a failure; part of the documented `--json` output. */
export const errorCodeSchema = z.enum([
  'usage',
  'not-found',
  'already-exists',
  'invalid-data',
  'invalid-pipeline',
  'invalid-project',
  'invalid-parameter',
  'newer-version',
  'busy',
  'out-of-memory',
  'disk-full',
  'io',
  'cancelled',
  'timeout',
  'corrupt',
  'unsupported',
  'conflict',
  'refused',
  'disconnected',
  'internal',
])

/** Stable, machine-readable reason of a failure. */
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** Where in the user's material the problem sits; every field that is known is filled in. */
export type ErrorDetails = {
  readonly file?: string
  /** 1-based, counted as the user counts: line of a text file, or row of data without its header. */
  readonly line?: number
  readonly row?: number
  readonly column?: string | number
  readonly value?: string
  readonly step?: string
  readonly [key: string]: unknown
}

/** An error as plain data: what crosses threads, processes and the `--json` output. */
export type ErrorData = {
  readonly code: ErrorCode
  /** What happened, in one short sentence. */
  readonly headline: string
  /** What it means, with file, row, column and value where they are known. */
  readonly message: string
  /** What the user can do now. */
  readonly nextStep: string
  readonly retryable: boolean
  readonly details: ErrorDetails
}

/** An error as plain data, checked where it arrives. */
export const errorDataSchema: z.ZodType<ErrorData> = z.object({
  code: errorCodeSchema,
  headline: z.string(),
  message: z.string(),
  nextStep: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), z.unknown()) as unknown as z.ZodType<ErrorDetails>,
})

type ErrorInput = Pick<ErrorData, 'code' | 'headline' | 'nextStep'> & Partial<Pick<ErrorData, 'message' | 'retryable' | 'details'>>

/** The one error that users see: says what happened, what it means and what to do next. */
export class MillraceError extends Error {
  readonly data: ErrorData

  constructor(input: ErrorInput, cause?: unknown) {
    super(input.message ?? input.headline, cause === undefined ? undefined : { cause })
    this.name = 'MillraceError'
    this.data = {
      code: input.code,
      headline: input.headline,
      message: input.message ?? input.headline,
      nextStep: input.nextStep,
      retryable: input.retryable ?? false,
      details: input.details ?? {},
    }
  }
}

/** Any thrown value as plain data; what is not a `MillraceError` is a defect and says so. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof MillraceError) return thrown.data
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'internal',
    headline: 'Millrace met an error that it did not expect',
    message: text,
    nextStep: 'Run the command again; if it happens again, report it with the log of this run.',
    retryable: true,
    details: thrown instanceof Error && thrown.stack !== undefined ? { stack: thrown.stack } : {},
  }
}

/** The error back from plain data, after it crossed a thread or a file. */
export function fromErrorData(data: ErrorData): MillraceError {
  return new MillraceError(data)
}

/** Thrown when the user cancelled; never shown as a failure. */
export function cancelled(): MillraceError {
  return new MillraceError({ code: 'cancelled', headline: 'Cancelled', nextStep: 'Run it again; finished steps are reused.' })
}
