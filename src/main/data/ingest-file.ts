import { join } from 'node:path'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { findBadCell, notANumber } from './bad-cell.ts'
import { describeColumns, type DescribedColumn } from './describe-columns.ts'
import type { DataEngine } from './engine.ts'
import type { SourceReport } from './finding.ts'
import { countRows, scanParquet, writeParquet } from './parquet.ts'
import type { OpenSource, SourceColumn, SourceOptions } from './sources/source-reader.ts'
import { useSource } from './sources/use-source.ts'
import { quoteIdentifier } from './sql-text.ts'
import { storedAs } from './storage.ts'
import { readOverrides } from './type-override.ts'

/** What to read and where to. */
export type IngestRequest = {
  readonly file: string
  readonly options: SourceOptions
  /** Types set by the user, by column name. */
  readonly types: Readonly<Record<string, string>>
  /** Empty folder for the rows as text; may be removed afterwards. */
  readonly stagingFolder: string
  /** Where the dataset's Parquet file goes. */
  readonly output: string
  progress(fraction: number, message: string): void
}

/** A file as a dataset. */
export type Ingested = { readonly rows: number; readonly schema: TableSchema; readonly report: SourceReport }

/** Reads a source file into a dataset's Parquet file, rows in file order; the same file gives the same bytes. */
export async function ingestFile(engine: DataEngine, request: IngestRequest): Promise<Ingested> {
  request.progress(0, 'Looking at the file')
  return useSource(engine, request.file, request.options, (source) => ingestSource(engine, source, request))
}

async function ingestSource(engine: DataEngine, source: OpenSource, request: IngestRequest): Promise<Ingested> {
  const overrides = readOverrides(request.types, source.columns.map((column) => column.name), source.about.file)
  request.progress(0.05, 'Reading rows')
  const staged = join(request.stagingFolder, 'rows.parquet')
  await stageRows(engine, source, staged)
  const from = scanParquet(staged)
  const rows = await countRows(engine, from)
  if (rows === 0) throw noRows(request.file, source)
  const columns = source.columns.map(({ name, sqlType }): SourceColumn => ({ name, sqlType, expression: quoteIdentifier(name) }))
  const described = await describeColumns(engine, from, columns, overrides, (fraction) => {
    request.progress(0.4 + 0.4 * fraction, 'Finding out types')
  })
  await checkOverrides(engine, request.file, staged, described.filter((column) => overrides.has(column.schema.name)))
  request.progress(0.8, 'Writing the dataset')
  await writeParquet(engine, `SELECT ${described.map(storedAs).join(', ')} FROM ${from}`, request.output)
  return {
    rows,
    schema: { columns: described.map((column) => column.schema) },
    report: { ...source.about, rows, findings: [...source.findings, ...described.flatMap((column) => column.findings)] },
  }
}

/** All rows as text (and the few real types of Parquet), so that later scans are quick and see final names. */
async function stageRows(engine: DataEngine, source: OpenSource, path: string): Promise<void> {
  const select = source.columns.map(({ name, expression }) => `${expression} AS ${quoteIdentifier(name)}`).join(', ')
  try {
    await writeParquet(engine, `SELECT ${select} FROM ${source.from}`, path, 'lz4_raw')
  } catch (error) {
    throw await source.explain(engine, error)
  }
}

async function checkOverrides(engine: DataEngine, file: string, path: string, columns: readonly DescribedColumn[]): Promise<void> {
  for (const { source, schema } of columns) {
    if (schema.type !== 'integer' && schema.type !== 'decimal' && schema.type !== 'datetime') continue
    const bad = await findBadCell(engine, path, source.sqlType, schema)
    if (bad !== undefined) throw notANumber(file, schema, bad, `Correct the cell, or set another type for the column: under types in a pipeline, with --type of import.`)
  }
}

function noRows(file: string, source: OpenSource): MillraceError {
  const names = source.columns.slice(0, 8).map((column) => `"${column.name}"`).join(', ')
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file has no rows',
    message: `${file} holds ${source.about.header === true ? `only a header (${names}${source.columns.length > 8 ? ', …' : ''})` : 'no rows'}.`,
    nextStep: 'Export the data again.',
    details: source.about.header === true ? { file, remedy: { parameter: 'header', value: 'false', effect: 'where the first line is data and not names' } } : { file },
  })
}
