import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { sourceReaders } from './index.ts'
import type { OpenSource, SourceOptions } from './source-reader.ts'

/** Opens a source file with the reader of its ending; a file that cannot be read is a clear error. */
export async function openSource(engine: DataEngine, path: string, options: SourceOptions = {}): Promise<OpenSource> {
  await checkIsFile(path)
  const extension = extname(path).toLowerCase()
  const reader = sourceReaders.find((candidate) => candidate.extensions.includes(extension))
  if (reader === undefined) throw unknownKind(path, extension)
  return reader.open(engine, path, options)
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

function unknownKind(path: string, extension: string): MillraceError {
  const known = sourceReaders.flatMap((reader) => reader.extensions).join(', ')
  return new MillraceError({
    code: 'unsupported',
    headline: `Files ending in "${extension}" cannot be read`,
    message: `${path} is not of a kind that Millrace reads (${known}).`,
    nextStep: 'Save it as CSV (UTF-8) or Parquet; a delimited text file with another ending can simply be renamed to .csv.',
    details: { file: path },
  })
}
