import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { sharedFloat64, sharedInt32, type Column } from '../table/column.ts'
import type { Table } from '../table/table.ts'
import { dictionaryCode, isWorthDictionary, readDictionary } from './cell-dictionary.ts'
import { collectCategories, collectDictionaryCodes, collectNumbers, type ColumnCollector } from './collect-column.ts'
import type { DataEngine } from './engine.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet } from './parquet.ts'
import { readCells, storedText, type CellSource, type ColumnRequest } from './read-cells.ts'
import { spreadRows } from './spread-rows.ts'
import { quoteIdentifier } from './sql-text.ts'

export type { ColumnRequest } from './read-cells.ts'

/** Which rows to load: `count` rows from the 0-based row `from`. */
export type RowRange = { readonly from: number; readonly count: number }

/** Rows spread over a dataset: `wanted` of them, or all where it has no more; `seed` (0 … 2^32 − 1) chooses which. */
export type RowSample = { readonly wanted: number; readonly seed: number }

/**
 * Columns of a dataset version as a table on shared memory, rows in file order. Cells that mean "no value" in their
 * column (white space, its missing tokens, text where numbers are asked) are missing.
 */
export async function loadTable(
  engine: DataEngine,
  parquetPath: string,
  columns: readonly ColumnRequest[],
  options: { readonly rows?: RowRange | RowSample } = {},
): Promise<Table> {
  const from = scanParquet(parquetPath)
  const total = await countRows(engine, from)
  const { rows, source } = rowsToLoad(parquetPath, total, options.rows)
  if (columns.length === 0) return { rows, columns: [] }
  const sqlTypes = new Map((await describeRelation(engine, from)).map((column) => [column.name, column.sqlType]))
  const readings: Reading[] = []
  for (const column of columns) {
    const sqlType = sqlTypes.get(column.schema.name)
    if (sqlType === undefined) throw missingColumn(parquetPath, column.schema.name)
    readings.push(await planReading(engine, source, { ...column, expression: quoteIdentifier(column.schema.name), sqlType }, rows))
  }
  for (let first = 0; first < readings.length; first += TOGETHER) {
    const some = readings.slice(first, first + TOGETHER)
    await readInto(engine, readCells(some.map(({ cell }) => cell), source), some.map(({ collector }) => collector))
  }
  return { rows, columns: readings.map(({ collector }) => collector.finish()) }
}

/** Columns that one statement reads: the time to plan one grows faster than its columns, and none can be stopped while it is planned. */
const TOGETHER = 200

/** What SQL gives for a column and what takes it. */
type Reading = { readonly cell: CellSource; readonly collector: ColumnCollector<Column> }

async function planReading(engine: DataEngine, source: string, cell: CellSource, rows: number): Promise<Reading> {
  const { schema, as, sqlType } = cell
  if (as === 'number') return { cell, collector: columnCollector(schema, as, rows) }
  const text = storedText(cell.expression, sqlType)
  const dictionary = isWorthDictionary(schema, rows) ? await readDictionary(engine, source, text) : undefined
  if (dictionary === undefined) return { cell: { ...cell, expression: text }, collector: columnCollector(schema, as, rows) }
  return { cell: { ...cell, expression: dictionaryCode(text, dictionary) }, collector: collectDictionaryCodes(schema, dictionary, sharedInt32(rows)) }
}

/** A collector for `rows` cells of one column. */
export function columnCollector(schema: ColumnSchema, as: 'number' | 'category', rows: number): ColumnCollector<Column> {
  return as === 'number' ? collectNumbers(schema.name, sharedFloat64(rows)) : collectCategories(schema, sharedInt32(rows))
}

async function readInto(engine: DataEngine, select: string, collectors: readonly ColumnCollector<Column>[]): Promise<void> {
  let row = 0
  await engine.chunks(select, (chunk) => {
    collectors.forEach((collector, index) => {
      collector.take(chunk.column(index), row, 0, chunk.rows)
    })
    row += chunk.rows
  })
}

/** How many rows are wanted, and SQL after FROM that scans them with their row numbers. */
function rowsToLoad(path: string, total: number, wanted: RowRange | RowSample | undefined): { readonly rows: number; readonly source: string } {
  const scan = scanParquet(path, { rowNumbers: true })
  if (wanted === undefined) return { rows: total, source: scan }
  if ('wanted' in wanted) {
    if (wanted.wanted >= total) return { rows: total, source: scan }
    return { rows: wanted.wanted, source: `(SELECT * FROM ${scan} WHERE ${spreadRows(total, wanted.wanted, wanted.seed)})` }
  }
  const rows = Math.max(0, Math.min(wanted.count, total - wanted.from))
  const condition = `${ROW_NUMBER} >= ${Math.trunc(wanted.from)} AND ${ROW_NUMBER} < ${Math.trunc(wanted.from + wanted.count)}`
  return { rows, source: `(SELECT * FROM ${scan} WHERE ${condition})` }
}

function missingColumn(file: string, column: string): MillraceError {
  return new MillraceError({
    code: 'corrupt',
    headline: `Column "${column}" is not in the stored dataset`,
    message: `The dataset's record lists a column "${column}" that its file ${file} does not hold.`,
    nextStep: 'Run the pipeline again from its first step, with --force for that step.',
    details: { file, column },
  })
}
