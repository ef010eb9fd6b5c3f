import { open, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { delimitedReader } from './delimited/delimited-reader.ts'
import { sourceReaders } from './index.ts'
import type { OpenSource, SourceOptions, SourceReader } from './source-reader.ts'

/** Bytes of a file's beginning that readers look at. */
const BEGINNING = 4096

/**
 * Opens one source file with the reader that recognises its first bytes, else that of its ending, else as text; a file that
 * cannot be read is a clear error.
 */
export async function openFile(engine: DataEngine, path: string, options: SourceOptions = {}, { isOneOfSeveral = false } = {}): Promise<OpenSource> {
  await checkIsFile(path)
  const reader = await readerOf(path)
  // Among files of different kinds, an option may be meant for the others.
  if (!isOneOfSeveral) refuseForeignOptions(path, reader, options)
  return reader.open(engine, path, options)
}

/** The reader for a file: the one that recognises its first bytes, else that of its ending, else the one for text. */
export async function readerOf(path: string): Promise<SourceReader> {
  const beginning = await beginningOf(path)
  const extension = extname(path).toLowerCase()
  const reader = sourceReaders.find((candidate) => candidate.recognises?.(beginning) === true) ?? sourceReaders.find((candidate) => candidate.extensions.includes(extension))
  return reader ?? delimitedReader
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Options that say something about files of one kind only, by the reader that takes them. */
const optionsOf: readonly (readonly [keyof SourceOptions, SourceReader['id'], string])[] = [
  ['records', 'json', 'JSON files'],
  ['sheet', 'xlsx', 'workbooks'],
  ['headerRow', 'xlsx', 'workbooks'],
  ['table', 'sqlite', 'databases'],
  ['query', 'sqlite', 'databases'],
  ['fileColumn', 'files', 'several files'],
]

/** An option that would do nothing is a mistake. */
function refuseForeignOptions(path: string, reader: SourceReader, options: SourceOptions): void {
  const foreign = optionsOf.find(([option, id]) => options[option] !== undefined && id !== reader.id)
  if (foreign === undefined) return
  const [option, , kind] = foreign
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `"${option}" is for ${kind}`,
    message: `${path} is read as ${reader.label}, where "${option}" says nothing.`,
    nextStep: 'Leave it out.',
    details: { file: path, value: option },
  })
}

async function checkIsFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  if (found.isDirectory()) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: 'This is a folder, not a file',
      message: `${path} is a folder.`,
      nextStep: 'Name one file in it.',
      details: { file: path },
    })
  }
  if (found.size === 0) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: 'The file is empty',
      message: `${path} holds no bytes.`,
      nextStep: 'Export the data again, or name another file.',
      details: { file: path },
    })
  }
}

function unreadable(path: string, error: unknown): MillraceError {
  const reason = (error as NodeJS.ErrnoException).code
  const missing = reason === 'ENOENT' || reason === 'ENOTDIR'
  return new MillraceError(
    {
      code: missing ? 'not-found' : 'io',
      headline: missing ? 'The file does not exist' : 'The file cannot be opened',
      message: missing ? `There is no file ${path}.` : `${path} cannot be opened (${reason ?? 'unknown reason'}).`,
      nextStep: missing ? 'Check the path; in a pipeline it is relative to the pipeline file.' : 'Check that you may read this file.',
      details: { file: path },
    },
    error,
  )
}
