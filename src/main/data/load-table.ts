import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { sharedFloat64, sharedInt32, type Column } from '../table/column.ts'
import type { Table } from '../table/table.ts'
import { numberCell } from './cell.ts'
import { collectCategories, collectNumbers, type ColumnCollector } from './collect-column.ts'
import type { DataEngine } from './engine.ts'
import { countRows, describeRelation, ROW_NUMBER, scanParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'

/** A column to load, and whether as numbers or as categories; any column may be loaded either way. */
export type ColumnRequest = { readonly schema: ColumnSchema; readonly as: 'number' | 'category' }

/** Which rows to load: `count` rows from the 0-based row `from`. */
export type RowRange = { readonly from: number; readonly count: number }

/**
 * Columns of a dataset version as a table on shared memory, rows in file order. Cells that mean "no value" in their
 * column (white space, its missing tokens, text where numbers are asked) are missing.
 */
export async function loadTable(
  engine: DataEngine,
  parquetPath: string,
  columns: readonly ColumnRequest[],
  options: { readonly rows?: RowRange } = {},
): Promise<Table> {
  const from = scanParquet(parquetPath)
  const total = await countRows(engine, from)
  const range = options.rows ?? { from: 0, count: total }
  const rows = Math.max(0, Math.min(range.count, total - range.from))
  if (columns.length === 0) return { rows, columns: [] }
  const sqlTypes = new Map((await describeRelation(engine, from)).map((column) => [column.name, column.sqlType]))
  const expressions = columns.map(({ schema, as }) => {
    const sqlType = sqlTypes.get(schema.name)
    if (sqlType === undefined) throw missingColumn(parquetPath, schema.name)
    return columnExpression(quoteIdentifier(schema.name), sqlType, schema, as)
  })
  const collectors = columns.map(({ schema, as }) => columnCollector(schema, as, rows))
  await readInto(engine, selectRows(expressions, parquetPath, options.rows), collectors)
  return { rows, columns: collectors.map((collector) => collector.finish()) }
}

/** SQL that reads a cell for a collector: DOUBLE with NaN for missing, or the text as it is stored. */
export function columnExpression(expression: string, sqlType: string, schema: ColumnSchema, as: 'number' | 'category'): string {
  if (as === 'number') return `coalesce(${numberCell(expression, sqlType, schema)}, 'NaN'::DOUBLE)`
  return sqlType === 'VARCHAR' ? expression : `CAST(${expression} AS VARCHAR)`
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

function selectRows(expressions: readonly string[], path: string, range: RowRange | undefined): string {
  const select = `SELECT ${expressions.join(', ')} FROM ${scanParquet(path, { rowNumbers: range !== undefined })}`
  if (range === undefined) return select
  return `${select} WHERE ${ROW_NUMBER} >= ${Math.trunc(range.from)} AND ${ROW_NUMBER} < ${Math.trunc(range.from + range.count)}`
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
