import { MillraceError } from '#shared/errors.ts'

/** The error for a file that can be read but holds nothing; `what` it holds, in words. */
export function noRecords(file: string, what: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file has no rows',
    message: `${file} holds ${what}.`,
    nextStep: 'Export the data again.',
    details: { file },
  })
}
