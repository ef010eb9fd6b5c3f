import { MillraceError, type ErrorData } from '#shared/errors.ts'

/** The error that users see when `work` fails; fails the test where it does not fail, or fails with a stack trace. */
export async function failure(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.then(
    () => 'nothing was wrong',
    (error: unknown) => error,
  )
  if (outcome instanceof MillraceError) return outcome.data
  throw new Error(`Expected a MillraceError, got ${String(outcome)}`, { cause: outcome })
}
