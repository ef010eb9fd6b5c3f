import type { Readable } from 'node:stream'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { MillraceError } from '#shared/errors.ts'

/** An open ZIP archive: its parts by name, inflated as they are read. */
export type Archive = {
  readonly names: ReadonlySet<string>
  /** The inflated bytes of a part. */
  read(name: string): Promise<Readable>
  close(): void
}

/** Most parts that a workbook may have. */
const MOST_PARTS = 20_000
/** Most bytes that all parts may inflate to. */
const MOST_BYTES = 16 * 2 ** 30
/** Most that a part beyond 64 MiB may inflate by; sheets reach about 100. */
const MOST_RATIO = 400

/**
 * Opens a ZIP archive and checks it before anything is inflated: names that lead out of it, encrypted parts, sizes. That a
 * part inflates to no more than it declares is checked while it is read.
 */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damaged(file, error)
  })
  try {
    const entries = await entriesOf(file, zip)
    return {
      names: new Set(entries.keys()),
      async read(name) {
        const entry = entries.get(name)
        if (entry === undefined) throw damaged(file, new Error(`its part ${name} is missing`))
        return zip.openReadStreamPromise(entry).catch((error: unknown) => {
          throw damaged(file, error)
        })
      },
      close() {
        zip.close()
      },
    }
  } catch (error) {
    zip.close()
    throw error instanceof MillraceError ? error : damaged(file, error)
  }
}

async function entriesOf(file: string, zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let bytes = 0
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw locked(file)
    bytes += entry.uncompressedSize
    const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
    if (entries.size >= MOST_PARTS || bytes > MOST_BYTES || (entry.uncompressedSize > 64 << 20 && ratio > MOST_RATIO)) throw bomb(file, entry, bytes)
    entries.set(entry.fileName, entry)
  }
  return entries
}

/** The error for an archive that cannot be read to its end. */
export function damaged(file: string, error: unknown): MillraceError {
  if (error instanceof MillraceError) return error
  const reason = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
  return new MillraceError(
    {
      code: 'invalid-data',
      headline: 'The workbook is damaged or was cut off',
      message: `${file}: ${reason.replace(/\.+$/, '')}.`,
      nextStep: 'Get the file again, or open it in a spreadsheet program, which may repair it, and save it.',
      details: { file },
    },
    error,
  )
}

/** The error for a workbook that needs a password. */
export function locked(file: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The workbook is protected with a password',
    message: `${file} is encrypted; nothing in it can be read without its password.`,
    nextStep: 'Open it in the spreadsheet program, remove the password (File, Info, Protect Workbook) and save it.',
    details: { file },
  })
}

function bomb(file: string, entry: Entry, bytes: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The workbook would unpack to far more than a table holds',
    message: `${file}: its part ${entry.fileName} unpacks from ${entry.compressedSize.toLocaleString('en')} to ${entry.uncompressedSize.toLocaleString('en')} bytes (${bytes.toLocaleString('en')} so far). It was not unpacked.`,
    nextStep: 'If the file is what it should be, save the sheet as CSV and read that.',
    details: { file },
  })
}
