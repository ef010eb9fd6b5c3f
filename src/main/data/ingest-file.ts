import { rm } from 'node:fs/promises'
import type { ColumnRole, TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { findBadCell, notANumber } from './bad-cell.ts'
import { describeColumns, type DescribedColumn } from './describe-columns.ts'
import { sampleFinding, withSample, type SampleRequest, type SampleTaken } from './draw-sample.ts'
import type { DataEngine } from './engine.ts'
import type { SourceReport } from './finding.ts'
import { readMissing } from './missing-tokens.ts'
import { nameRows } from './name-rows.ts'
import { countRows, scanParquet } from './parquet.ts'
import { placeText, type SourcePlace } from './sources/files/list-files.ts'
import type { OpenSource, SourceOptions } from './sources/source-reader.ts'
import { useSource } from './sources/use-source.ts'
import { quoteIdentifier } from './sql-text.ts'
import { refuseTooManyColumns } from './too-many-columns.ts'
import { checkRoles, readOverrides, withRole } from './type-override.ts'
import { writeSource } from './write-source.ts'

/** What to read and where to. */
export type IngestRequest = {
  readonly file: SourcePlace
  readonly options: SourceOptions
  /** Types set by the user, by column name. */
  readonly types: Readonly<Record<string, string>>
  /** Roles set by the user, by column name. */
  readonly roles?: Readonly<Record<string, ColumnRole>> | undefined
  /** Further texts that mean "no value", by column name; `*` stands for every column. */
  readonly missing?: Readonly<Record<string, readonly string[]>>
  /** Take a random sample of the rows. */
  readonly sample?: SampleRequest | undefined
  /** Read no more than the first rows; a whole file is read if not said. */
  readonly head?: number | undefined
  /** Where the dataset's Parquet file goes. */
  readonly output: string
  progress(fraction: number, message: string): void
}

/** A file as a dataset. */
export type Ingested = { readonly rows: number; readonly schema: TableSchema; readonly report: SourceReport }

/** Reads a source file into a dataset's Parquet file, rows in file order; the same file gives the same bytes. Nothing is left where it fails. */
export async function ingestFile(engine: DataEngine, request: IngestRequest): Promise<Ingested> {
  request.progress(0, 'Looking at the file')
  try {
    return await useSource(engine, request.file, request.options, (source) => ingestSource(engine, source, request))
  } catch (error) {
    await rm(request.output, { force: true })
    throw error
  }
}

async function ingestSource(engine: DataEngine, opened: OpenSource, request: IngestRequest): Promise<Ingested> {
  const { sample } = request
  // Cells as they stand in the file: how their numbers are written is decided over whole columns.
  const source = { ...opened, ...(request.head === undefined ? {} : { from: `(SELECT * FROM ${opened.from} LIMIT ${Math.trunc(request.head)})` }), columns: opened.columns.map(({ written, ...column }) => ({ ...column, expression: written ?? column.expression })) }
  await refuseTooManyColumns(engine, placeText(request.file), source.columns.length)
  return sample === undefined ? ingestRows(engine, source, request, undefined) : withSample(engine, source, sample, (drawn, taken) => ingestRows(engine, drawn, request, taken))
}

async function ingestRows(engine: DataEngine, source: OpenSource, request: IngestRequest, sample: SampleTaken | undefined): Promise<Ingested> {
  const names = source.columns.map((column) => column.name)
  const overrides = readOverrides(request.types, names, source.about.file)
  const { roles = {} } = request
  checkRoles(roles, names, source.about.file)
  const missing = readMissing(request.missing ?? {}, names, source.about.file)
  const types = new Map([...overrides].map(([name, { type }]) => [name, type]))
  const decimalComma = source.about.decimal === ','
  request.progress(0.05, 'Reading rows')
  const plans = await writeSource(engine, source, request.output, { types, missing, decimalComma })
  const from = scanParquet(request.output)
  const rows = await countRows(engine, from)
  if (rows === 0) throw noRows(placeText(request.file), source)
  const columns = plans.map(({ source: { name, sqlType }, storage, format, mayBeTyped, tally }) => ({
    name,
    expression: quoteIdentifier(name),
    sqlType: sqlType === 'VARCHAR' ? storage : sqlType,
    format,
    mayBeTyped,
    tally,
  }))
  request.progress(0.7, 'Finding out types')
  const described = await describeColumns(engine, from, columns, {
    ...{ overrides, missing, decimalComma },
    onProgress: (fraction) => {
      request.progress(0.7 + 0.3 * fraction, 'Finding out types')
    },
  })
  await checkOverrides(engine, placeText(request.file), request.output, described.filter((column) => overrides.has(column.schema.name)))
  const found = await Promise.all(described.map((column) => nameRows(engine, request.output, column)))
  return {
    rows,
    schema: { columns: described.map((column) => withRole(column.schema, roles)) },
    report: {
      ...source.about,
      rows,
      ...(sample === undefined ? {} : { sample: { rows, of: sample.of, seed: sample.seed } }),
      findings: [...(sample === undefined ? [] : [sampleFinding(sample)]), ...source.findings, ...found.flat()],
    },
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
