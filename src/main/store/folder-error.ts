import { MillraceError } from '#shared/errors.ts'
import { databaseError } from './database-error.ts'

const headlines: Readonly<Record<string, { code: 'io' | 'disk-full'; headline: string; nextStep: string; why: string }>> = {
  EACCES: { code: 'io', headline: 'The project folder cannot be written', why: 'this user may not write there', nextStep: 'Give yourself write access to it, or choose another folder.' },
  EPERM: { code: 'io', headline: 'The project folder cannot be written', why: 'this user may not write there', nextStep: 'Give yourself write access to it, or choose another folder.' },
  EROFS: { code: 'io', headline: 'The project folder lies on a read-only disk', why: 'the disk takes no writing', nextStep: 'Copy it to a disk that can be written, or choose another folder.' },
  ENOTDIR: { code: 'io', headline: 'The project folder cannot be made here', why: 'a part of its path is a file', nextStep: 'Choose another folder.' },
  EEXIST: { code: 'io', headline: 'The project folder cannot be made here', why: 'there is a file of that name', nextStep: 'Choose another folder.' },
  ENOENT: { code: 'io', headline: 'The project folder cannot be made here', why: 'no folder can be made there', nextStep: 'Choose a folder on a disk that can be written.' },
  ENOSPC: { code: 'disk-full', headline: 'The disk is full', why: 'no space is left', nextStep: 'Free some space, then try again.' },
}

/** What the file system threw about a project's folder, as an error that names it; other errors come back as they are. */
export function folderError(thrown: unknown, folder: string): unknown {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined
  const entry = code === undefined || thrown instanceof MillraceError ? undefined : headlines[code]
  if (entry === undefined) return databaseError(thrown, folder)
  const { why, ...about } = entry
  return new MillraceError({ ...about, message: `${folder}: ${why}.`, details: { file: folder } }, thrown)
}
