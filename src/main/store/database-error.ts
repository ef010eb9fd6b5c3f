import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { MillraceError } from '#shared/errors.ts'

const known: Readonly<Record<string, { code: 'corrupt' | 'io' | 'busy' | 'disk-full'; headline: string; nextStep: string }>> = {
  SQLITE_NOTADB: {
    code: 'corrupt',
    headline: 'The project database cannot be read',
    nextStep: 'Restore project.db from a backup; the artifacts folder is not touched by this.',
  },
  SQLITE_CORRUPT: {
    code: 'corrupt',
    headline: 'The project database is damaged',
    nextStep: 'Restore project.db from a backup; the artifacts folder is not touched by this.',
  },
  SQLITE_READONLY: {
    code: 'io',
    headline: 'The project cannot be written',
    nextStep: 'Give yourself write access to the project folder, or copy it to a place where you have it.',
  },
  SQLITE_CANTOPEN: {
    code: 'io',
    headline: 'The project database cannot be opened',
    nextStep: 'Check that the project folder exists and that you may read and write it.',
  },
  SQLITE_BUSY: {
    code: 'busy',
    headline: 'The project is in use',
    nextStep: 'Wait until the other Millrace process has finished writing, then try again.',
  },
  SQLITE_FULL: { code: 'disk-full', headline: 'The disk is full', nextStep: 'Free some space, then run it again; finished steps are reused.' },
  SQLITE_IOERR: { code: 'io', headline: 'The project database cannot be read or written', nextStep: 'Check the disk and the project folder.' },
}

/** Free bytes below which the files that SQLite keeps beside a database cannot grow, which it reports as an error of input and output. */
const NO_ROOM = 128 << 10

/** The code of an error; on a full disk that of a full disk. */
function cause(code: string, file: string): string {
  // A folder that is gone says nothing about its disk.
  if (!code.startsWith('SQLITE_IOERR') || !existsSync(dirname(file))) return code
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize < NO_ROOM ? 'SQLITE_FULL' : code
}

/** What SQLite or the file system threw, as an error that names the database; other errors come back as they are. */
export function databaseError(thrown: unknown, file: string): unknown {
  const thrownCode = thrown instanceof Error ? (thrown as Error & { code?: unknown }).code : undefined
  if (thrown instanceof MillraceError || typeof thrownCode !== 'string') return thrown
  const code = cause(thrownCode, file)
  // Extended codes, e.g. SQLITE_READONLY_DIRECTORY, start with the plain one.
  const entry = Object.entries(known).find(([name]) => code === name || code.startsWith(`${name}_`))?.[1]
  if (entry === undefined) return thrown
  return new MillraceError(
    { ...entry, message: `${file}: ${(thrown as Error).message}`, retryable: entry.code === 'busy', details: { file } },
    thrown,
  )
}
