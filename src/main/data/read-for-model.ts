import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import type { Column } from '../table/column.ts'
import type { Table } from '../table/table.ts'
import { notANumber } from './bad-cell.ts'
import type { ColumnCollector } from './collect-column.ts'
import type { DataChunk, DataEngine } from './engine.ts'
import { columnCollector } from './load-table.ts'
import { readCells, storedText, type CellSource, type ColumnRequest } from './read-cells.ts'
import { repairLayers } from './repair/repair-layers.ts'
import type { OpenSource, SourceColumn, SourceOptions } from './sources/source-reader.ts'
import { useSource } from './sources/use-source.ts'

/** Some rows of a file, in order, as a model takes them. */
export type ModelBlock = {
  /** 0-based number of the block's first row in the file. */
  readonly firstRow: number
  readonly table: Table
  /** With `keepInput`: the file's own cells as text, column after column in the order of `inputColumns`; null where empty. */
  readonly input: readonly (readonly (string | null)[])[]
}

/** How to read a file for a model. */
export type ReadForModelOptions = {
  readonly source?: SourceOptions
  readonly blockRows?: number
  /** Text where the model takes a number: refuse the file (default), or take it as missing. */
  readonly onInvalid?: 'error' | 'missing'
  /** Hand on the file's own cells with each block. */
  readonly keepInput?: boolean
}

/** What was read. */
export type ReadForModel = { readonly rows: number; readonly inputColumns: readonly string[] }

/**
 * Reads a file with a model's input columns and hands it on in blocks (50,000 rows if not said), rows in file order; other
 * columns are ignored. All columns that the file lacks are named in one error. A file without rows gives no block.
 * `onBlock` is awaited before more is read.
 */
export async function readForModel(
  engine: DataEngine,
  path: string,
  columns: readonly ColumnRequest[],
  options: ReadForModelOptions,
  onBlock: (block: ModelBlock, inputColumns: readonly string[]) => Promise<void> | void,
): Promise<ReadForModel> {
  const likelyNames = columns.map(({ schema }) => schema.name)
  return useSource(engine, path, { ...options.source, likelyNames }, (source) => readOpenSource(engine, path, columns, source, options, onBlock))
}

async function readOpenSource(
  engine: DataEngine,
  path: string,
  columns: readonly ColumnRequest[],
  source: OpenSource,
  options: ReadForModelOptions,
  onBlock: (block: ModelBlock, inputColumns: readonly string[]) => Promise<void> | void,
): Promise<ReadForModel> {
  const inputColumns = source.columns.map((column) => column.name)
  const wanted = matchColumns(path, columns, source)
  const assembler = blockAssembler(columns, {
    blockRows: options.blockRows ?? 50_000,
    inputs: options.keepInput === true ? source.columns.length : 0,
    onBlock: (block) => onBlock(block, inputColumns),
    onInvalid: async (row, column) => {
      throw await invalidCell(engine, path, source, wanted[column], columns[column], row)
    },
  })
  try {
    await engine.chunks(selectFor(source, columns, wanted, options), assembler.take)
  } catch (error) {
    throw await source.explain(engine, error)
  }
  return { rows: await assembler.finish(), inputColumns }
}

/** The file's column for each column of the model. */
function matchColumns(path: string, columns: readonly ColumnRequest[], source: OpenSource): SourceColumn[] {
  const found = new Map(source.columns.map((column) => [column.name, column]))
  const missing = columns.map(({ schema }) => schema.name).filter((name) => !found.has(name))
  if (missing.length > 0) throw missingColumns(path, missing, source)
  return columns.flatMap(({ schema }) => {
    const column = found.get(schema.name)
    if (column === undefined) return []
    // A model that knows how its numbers are written reads the cells as they stand.
    return [schema.numberFormat === undefined || column.written === undefined ? column : { ...column, expression: column.written }]
  })
}

function missingColumns(path: string, missing: readonly string[], source: OpenSource): MillraceError {
  const names = source.columns.map((column) => column.name)
  const listed = missing.map((name) => {
    const near = nearestWord(name, names.filter((other) => !missing.includes(other)))
    return near === undefined ? `"${name}"` : `"${name}" (did you mean its column "${near}"?)`
  })
  const noHeader = source.about.header === false ? ' Its first line does not look like a header.' : ''
  return new MillraceError({
    code: 'invalid-data',
    headline: missing.length === 1 ? `The file lacks the column "${missing[0]}"` : `The file lacks ${missing.length} columns that the model needs`,
    message: `${path} has no ${missing.length === 1 ? 'column' : 'columns'} ${listed.join(', ')}.${noHeader}`,
    nextStep: 'Name the columns as in the data that the model learnt from; a column without values may be empty, but must be there.',
    details: { file: path, column: missing[0] ?? '', missing },
  })
}

/** First the model's columns, then the number of the first one with an invalid cell, then the cells as they are. */
function selectFor(source: OpenSource, columns: readonly ColumnRequest[], wanted: readonly SourceColumn[], options: ReadForModelOptions): string {
  const repaired = repairLayers(columns.map(({ schema }, index) => ({ ...(wanted[index] as SourceColumn), schema })), source.from)
  const cells = columns.map((column, index): CellSource => {
    const { sqlType } = wanted[index] as SourceColumn
    const expression = repaired.expressions[index] as string
    return { ...column, expression: column.as === 'number' ? expression : storedText(expression, sqlType), sqlType }
  })
  const firstInvalid = options.onInvalid === 'missing' ? 'none' : 'found'
  const further = options.keepInput === true ? source.columns.map(({ expression, sqlType }) => storedText(expression, sqlType)) : []
  return readCells(cells, repaired.from, { firstInvalid, further })
}

type Assembly = {
  readonly blockRows: number
  /** Number of the file's own columns to hand on. */
  readonly inputs: number
  onBlock(block: ModelBlock): Promise<void> | void
  onInvalid(row: number, column: number): Promise<never>
}

/** Cuts chunks into blocks of equal length. */
function blockAssembler(columns: readonly ColumnRequest[], { blockRows, inputs, onBlock, onInvalid }: Assembly) {
  let firstRow = 0
  let filled = 0
  let collectors: readonly ColumnCollector<Column>[] = []
  let input: (string | null)[][] = []
  const begin = (): void => {
    collectors = columns.map(({ schema, as }) => columnCollector(schema, as, blockRows))
    input = Array.from({ length: inputs }, () => [])
    filled = 0
  }
  const flush = async (): Promise<void> => {
    if (filled === 0) return
    await onBlock({ firstRow, table: { rows: filled, columns: collectors.map((collector) => cutTo(collector.finish(), filled)) }, input })
    firstRow += filled
    begin()
  }
  const takePart = (chunk: DataChunk, start: number, count: number): void => {
    collectors.forEach((collector, index) => {
      collector.take(chunk.column(index), filled, start, count)
    })
    input.forEach((cells, index) => {
      const vector = chunk.column(columns.length + 1 + index)
      for (let i = 0; i < count; i++) cells.push(vector.value(start + i) as string | null)
    })
    filled += count
  }
  begin()
  return {
    async take(chunk: DataChunk): Promise<void> {
      const invalid = chunk.column(columns.length)
      for (let i = 0; i < chunk.rows; i++) {
        const column = invalid.value(i) as number
        if (column >= 0) await onInvalid(firstRow + filled + i, column)
      }
      for (let start = 0; start < chunk.rows; ) {
        const count = Math.min(chunk.rows - start, blockRows - filled)
        takePart(chunk, start, count)
        start += count
        if (filled === blockRows) await flush()
      }
    },
    /** Hands on what is left; returns the number of rows in all. */
    async finish(): Promise<number> {
      await flush()
      return firstRow
    },
  }
}

function cutTo(column: Column, rows: number): Column {
  if (column.kind === 'number') return column.values.length === rows ? column : { ...column, values: column.values.subarray(0, rows) }
  return column.codes.length === rows ? column : { ...column, codes: column.codes.subarray(0, rows) }
}

/** The error for a cell that is no number, read again so that the message shows it. */
async function invalidCell(engine: DataEngine, path: string, source: OpenSource, column: SourceColumn | undefined, request: ColumnRequest | undefined, row: number): Promise<Error> {
  if (column === undefined || request === undefined) return new Error('An invalid cell in no column')
  let value = ''
  await engine.chunks(`SELECT CAST(${column.expression} AS VARCHAR) FROM ${source.from} LIMIT 1 OFFSET ${row}`, (chunk) => {
    value = String(chunk.column(0).value(0))
  })
  const schema = request.schema.type === 'datetime' ? request.schema : { ...request.schema, type: 'decimal' as const }
  const { data } = notANumber(path, schema, { row: row + 1, value }, 'Correct the cell or leave it empty.')
  const remedy = { parameter: 'on-invalid', value: 'missing', effect: 'to take such cells as missing' }
  return new MillraceError({ ...data, details: { ...data.details, remedy } })
}
