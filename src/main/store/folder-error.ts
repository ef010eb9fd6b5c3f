import { MillraceError } from '#shared/errors.ts'
import { databaseError } from './database-error.ts'

const headlines: Readonly<Record<string, { code: 'io' | 'disk-full'; headline: string; nextStep: string }>> = {
  EACCES: { code: 'io', headline: 'The project folder cannot be written', nextStep: 'Give yourself write access to it, or choose another folder.' },
  EPERM: { code: 'io', headline: 'The project folder cannot be written', nextStep: 'Give yourself write access to it, or choose another folder.' },
  EROFS: { code: 'io', headline: 'The project folder lies on a read-only disk', nextStep: 'Copy it to a disk that can be written, or choose another folder.' },
  ENOTDIR: { code: 'io', headline: 'The project folder cannot be made here', nextStep: 'A part of its path is a file; choose another folder.' },
  EEXIST: { code: 'io', headline: 'The project folder cannot be made here', nextStep: 'There is a file of that name; choose another folder.' },
  ENOENT: { code: 'io', headline: 'The project folder cannot be made here', nextStep: 'Choose a folder on a disk that can be written.' },
  ENOSPC: { code: 'disk-full', headline: 'The disk is full', nextStep: 'Free some space, then try again.' },
}

/** What the file system threw about a project's folder, as an error that names it; other errors come back as they are. */
export function folderError(thrown: unknown, folder: string): unknown {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined
  const entry = code === undefined || thrown instanceof MillraceError ? undefined : headlines[code]
  if (entry === undefined) return databaseError(thrown, folder)
  return new MillraceError({ ...entry, message: `${folder}: ${(thrown as Error).message}`, details: { file: folder } }, thrown)
}
