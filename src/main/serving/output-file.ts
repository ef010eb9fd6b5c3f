import { lstat, open, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { publishFile, temporaryName } from '../base/atomic-file.ts'

/** Characters gathered before they are written. */
const blockLength = 1 << 18

/** A text file that appears under its name only when it is whole. */
export type OutputFile = {
  write(text: string): Promise<void>
  /** Flushes it to disk and gives it its name. */
  publish(): Promise<void>
  /** Leaves nothing behind; does nothing once published. */
  discard(): Promise<void>
}

function refusal(headline: string, message: string, nextStep: string, file: string): MillraceError {
  return new MillraceError({ code: 'io', headline, message, nextStep, details: { file } })
}

/** Refuses a place for output that cannot be written, or that is one of the files being read. */
export async function checkOutputPlace(path: string, reads: readonly string[], format: 'csv' | 'parquet' = 'csv'): Promise<void> {
  const folder = await present(stat(dirname(path)), path)
  if (folder === undefined || !folder.isDirectory()) {
    throw refusal('The output folder does not exist', `There is no folder ${dirname(path)} for ${path}.`, 'Create the folder, or choose another place.', path)
  }
  if (format === 'csv' && /\.(parquet|pq)$/i.test(path)) throw refusal('The output is text, not Parquet', `${path} is the name of a Parquet file.`, 'Choose a name with another ending, such as .csv.', path)
  await refuseInput(path, reads)
  // Publishing renames, which would replace the link itself: /dev/stdout, for one, is a link.
  const named = await present(lstat(path), path)
  if (named?.isSymbolicLink() === true) throw refusal('The output is a link', `${path} is a link to another place. Nothing was written.`, 'Name the file itself.', path)
  if (named !== undefined && !named.isFile()) throw refusal('The output is not a file', `${path} is a folder or a device.`, 'Name a file for the output.', path)
}

/** What was asked about a place, undefined where nothing is there; any other difficulty is told. */
async function present<T>(asked: Promise<T>, path: string): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw writeError(error, path)
  }
}

async function refuseInput(path: string, reads: readonly string[]): Promise<void> {
  const existing = await present(stat(path), path)
  if (existing === undefined) return
  for (const read of reads) {
    const source = await present(stat(read), read)
    if (source !== undefined && source.dev === existing.dev && source.ino === existing.ino) {
      throw refusal('The output would replace the input', `${path} is the file that is read. Nothing was written.`, 'Choose another name for the output.', path)
    }
  }
}

function writeError(error: unknown, path: string): MillraceError {
  const code = (error as NodeJS.ErrnoException).code
  const text = error instanceof Error ? error.message : String(error)
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  return new MillraceError(
    {
      code: full ? 'disk-full' : 'io',
      headline: full ? 'The disk is full' : 'The output cannot be written',
      message: `${path}: ${text}. Nothing was left behind.`,
      nextStep: full ? 'Free some space, or choose a place on another disk.' : 'Give yourself write access to its folder, or choose another place.',
      details: { file: path },
    },
    error,
  )
}

/** Starts a file that will be `path`. */
export async function createOutputFile(path: string): Promise<OutputFile> {
  const temporary = temporaryName(path)
  const handle = await open(temporary, 'wx').catch((error: unknown) => {
    throw writeError(error, path)
  })
  let gathered: string[] = []
  let length = 0
  let state: 'open' | 'closed' | 'published' = 'open'
  const flush = async (): Promise<void> => {
    const text = gathered.join('')
    gathered = []
    length = 0
    await handle.appendFile(text)
  }
  const close = async (): Promise<void> => {
    if (state === 'open') await handle.close()
    if (state === 'open') state = 'closed'
  }
  const explained = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      throw writeError(error, path)
    }
  }
  return {
    write: async (text) => {
      gathered.push(text)
      length += text.length
      if (length >= blockLength) await explained(flush)
    },
    publish: () =>
      explained(async () => {
        await flush()
        await close()
        await publishFile(temporary, path)
        state = 'published'
      }),
    discard: async () => {
      if (state === 'published') return
      await close()
      await rm(temporary, { force: true })
    },
  }
}
