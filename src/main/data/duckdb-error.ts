import { cancelled, MillraceError } from '#shared/errors.ts'

/**
 * What stopped DuckDB, where the user can do something about it (cancelled, memory, disk); any other error is returned
 * as it is, for the caller who knows the statement.
 */
export function explainDuckDBError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MillraceError) return error
  const text = error.message
  if (/^INTERRUPT Error/i.test(text)) return cancelled()
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return new MillraceError(
      {
        code: 'disk-full',
        headline: 'The disk is full',
        message: `The data engine could not write: ${firstLine(text)}`,
        nextStep: 'Free some space on the disk of the project and run it again; finished steps are reused.',
        retryable: true,
      },
      error,
    )
  }
  if (/^Out of Memory Error/i.test(text)) {
    return new MillraceError(
      {
        code: 'out-of-memory',
        headline: 'The data needs more memory than this step may use',
        message: firstLine(text),
        nextStep: 'Close other programs or give Millrace more memory, drop wide text columns, or work on fewer rows.',
        retryable: true,
      },
      error,
    )
  }
  return error
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
