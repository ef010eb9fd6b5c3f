import { MillraceError } from '#shared/errors.ts'

/** A project whose folder went away while it was open. */
export function projectGone(path: string, cause: unknown): MillraceError {
  return new MillraceError(
    {
      code: 'invalid-project',
      headline: 'The project is not where it was',
      message: `${path} was moved, renamed or deleted while it was open.`,
      nextStep: 'Move it back and try again, or open it where it lies now.',
      details: { file: path },
    },
    cause,
  )
}
