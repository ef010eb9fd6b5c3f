import { MillraceError } from '#shared/errors.ts'

/** The error for a worker thread that ended without an answer. */
export function crashed(label: string | undefined, cause: unknown): MillraceError {
  const what = label ?? 'a worker'
  const text = cause instanceof Error ? cause.message : String(cause)
  if ((cause as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new MillraceError(
      {
        code: 'out-of-memory',
        headline: `Out of memory in ${what}`,
        message: `The worker thread of ${what} had no memory left: ${text}`,
        nextStep: 'Use fewer rows or columns, for networks a smaller `batchSize`, or a machine with more memory.',
        details: { step: what },
      },
      cause,
    )
  }
  return new MillraceError(
    {
      code: 'internal',
      headline: `The worker of ${what} crashed`,
      message: `${what}: ${text}`,
      nextStep: 'Run it again; finished steps are reused, and networks go on learning from their last checkpoint. If it happens again, report it with the log of this run.',
      retryable: true,
      details: { step: what, ...(cause instanceof Error && cause.stack !== undefined ? { stack: cause.stack } : {}) },
    },
    cause,
  )
}
