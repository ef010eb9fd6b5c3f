import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import { describeRelation, writeParquet, type StoredColumn } from '../../parquet.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql-text.ts'
import { fileStamp, refuseChanged } from '../file-stamp.ts'
import { openFile } from '../open-file.ts'
import type { OpenSource, SourceOptions } from '../source-reader.ts'
import { temporaryFile } from '../spool.ts'
import { unionFindings, type FilePart } from './union-findings.ts'
import { listFiles, shortNames, type SourcePlace } from './list-files.ts'

/**
 * Opens several files as one table: rows file after file, columns by name, missing where a file lacks one. Each file is read
 * by its own reader, so kinds, encodings and delimiters may differ; its rows are kept as Parquet in the engine's temporary
 * folder until the source is closed.
 */
export async function openFiles(engine: DataEngine, place: SourcePlace, options: SourceOptions): Promise<OpenSource> {
  const { files, passedOver } = listFiles(place)
  const names = shortNames(files)
  const parts: FilePart[] = []
  const paths: string[] = []
  const removeAll = async (): Promise<void> => {
    for (const path of paths) await rm(path, { force: true })
  }
  try {
    for (const [index, file] of files.entries()) {
      options.watch?.()
      const path = await temporaryFile(engine, 'part.parquet')
      paths.push(path)
      parts.push(await stageFile(engine, file, names[index] ?? basename(file), path, withNames(options, parts[0])))
    }
    const from = `read_parquet([${paths.map(quoteLiteral).join(', ')}], union_by_name = true, hive_partitioning = false)`
    const columns = await describeRelation(engine, from)
    return {
      from,
      columns: lastColumn(columns, options.fileColumn).map(({ name, sqlType }) => ({ name, expression: quoteIdentifier(name), sqlType })),
      about: aboutAll(place, parts),
      findings: unionFindings(parts, passedOver.map((path) => basename(path))),
      explain: (_engine, error) => Promise.resolve(error),
      close: removeAll,
    }
  } catch (error) {
    await removeAll()
    throw error
  }
}

/** The columns with the one of files at the end, wherever later files put their own. */
function lastColumn(columns: readonly StoredColumn[], name: string | undefined): readonly StoredColumn[] {
  return [...columns.filter((column) => column.name !== name), ...columns.filter((column) => column.name === name)]
}

/** The first file's names help to tell whether the others have a header. */
function withNames(options: SourceOptions, first: FilePart | undefined): SourceOptions {
  return first === undefined || options.likelyNames !== undefined ? options : { ...options, likelyNames: first.columns }
}

/** Writes the rows of one file as Parquet under final names. */
async function stageFile(engine: DataEngine, file: string, name: string, path: string, options: SourceOptions): Promise<FilePart> {
  const before = await fileStamp(file)
  const source = await openFile(engine, file, options, { isOneOfSeveral: true })
  try {
    const columns = source.columns.map((column) => column.name)
    const { fileColumn } = options
    if (fileColumn !== undefined && columns.some((column) => column.toLowerCase() === fileColumn.toLowerCase())) throw taken(file, fileColumn)
    const items = source.columns.map((column) => `${column.expression} AS ${quoteIdentifier(column.name)}`)
    if (fileColumn !== undefined) items.push(`${quoteLiteral(name)} AS ${quoteIdentifier(fileColumn)}`)
    try {
      await writeParquet(engine, `SELECT ${items.join(', ')} FROM ${source.from}`, path, 'lz4_raw')
    } catch (error) {
      throw await source.explain(engine, error)
    }
    await refuseChanged(file, before)
    return { name, columns, about: source.about, findings: source.findings }
  } finally {
    await source.close?.()
  }
}

function taken(file: string, fileColumn: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `There is a column "${fileColumn}" already`,
    message: `${file} has a column of the name that fileColumn gives to the column of files.`,
    nextStep: 'Give fileColumn another name.',
    details: { file, column: fileColumn },
  })
}

/** What is the same in all files; null where they differ. */
function aboutAll(place: SourcePlace, parts: readonly FilePart[]): OpenSource['about'] {
  const [first] = parts
  if (first === undefined) throw new Error('A place without files')
  const same = <T>(value: (about: FilePart['about']) => T): T | null => (parts.every((part) => value(part.about) === value(first.about)) ? value(first.about) : null)
  return {
    file: typeof place === 'string' ? basename(place) : first.name,
    format: 'files',
    files: parts.length,
    encoding: same((about) => about.encoding),
    delimiter: same((about) => about.delimiter),
    quote: same((about) => about.quote),
    header: same((about) => about.header),
    decimal: same((about) => about.decimal),
  }
}
