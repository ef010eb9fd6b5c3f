import { MillraceError } from '#shared/errors.ts'

/** What the operating system said no to, as an error that users can act on; other errors come back as they are. */
export function systemError(thrown: unknown): unknown {
  if (thrown instanceof MillraceError || !(thrown instanceof Error)) return thrown
  const { code, message } = thrown as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new MillraceError(
      { code: 'disk-full', headline: 'The disk is full', message, nextStep: 'Free some space, then run it again; finished steps are reused.' },
      thrown,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new MillraceError(
      { code: 'io', headline: 'A file or folder may not be used', message, nextStep: 'Give yourself access to it, or choose another place.' },
      thrown,
    )
  }
  if (code?.startsWith('SQLITE_READONLY') === true) {
    return new MillraceError(
      { code: 'io', headline: 'The project cannot be written', message: `project.db: ${message}`, nextStep: 'Give yourself write access to the project folder and all that is in it; lists work without.' },
      thrown,
    )
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return new MillraceError(
      { code: 'io', headline: 'Too many files are open', message, nextStep: 'Close other programs, then run it again.', retryable: true },
      thrown,
    )
  }
  return thrown
}
