import type { RowOrder as SharedRowOrder } from '#shared/domain/row-order.ts'
import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { trimmed } from './cell.ts'
import { holdsNumbers } from './missing-tokens.ts'
import { conditionSql } from './page-condition.ts'
import { ROW_NUMBER } from './parquet.ts'
import { readCells } from './read-cells.ts'
import { quoteIdentifier } from './sql-text.ts'
import { suggestColumn } from './suggest-column.ts'
import { readCell, readsAsStored, storedCell, type ViewCell } from './view-cell.ts'

/** Which rows of a table, and in which order; all in the order of the data where nothing is said. */
export type RowOrder = { readonly [K in keyof SharedRowOrder]?: Readonly<SharedRowOrder[K]> | undefined }

/** A dataset's rows with their numbers. */
export type NumberedRows = {
  /** SQL after FROM; its column `ROW_NUMBER` counts from 0. */
  readonly from: string
  readonly schema: TableSchema
  /** DuckDB's type by column. */
  readonly types: ReadonlyMap<string, string>
  /** Columns of which it is known that they are `tidy` (see `readsAsStored`). */
  readonly tidy?: ReadonlySet<string>
}

/**
 * SELECT of `shown`, SQL expressions on the rows, for the rows of a view in its order. Cells that conditions and keys look
 * at are read once, in a layer below. The outcome's columns are cell0, cell1 ….
 */
export function rowsInOrder(rows: NumberedRows, shown: readonly string[], { sort = [], filter = [] }: RowOrder): string {
  const used = [...new Set([...sort, ...filter].map(({ column }) => column))].map((name) => ({ schema: requireColumn(rows.schema, name), sqlType: rows.types.get(name) ?? 'VARCHAR' }))
  const isStored = ({ schema, sqlType }: (typeof used)[number]): boolean => readsAsStored(schema, sqlType, rows.tidy?.has(schema.name) === true)
  const stored = used.filter(isStored)
  const read = used.filter((column) => !isStored(column))
  const requests = read.map(({ schema, sqlType }) => ({ schema, as: holdsNumbers(schema.type) ? ('number' as const) : ('category' as const), expression: quoteIdentifier(schema.name), sqlType }))
  const texts = read.map(({ schema, sqlType }) => trimmed(quoteIdentifier(schema.name), sqlType))
  const further = [...texts, ...stored.map(({ schema }) => quoteIdentifier(schema.name)), ...shown, ROW_NUMBER]
  const aliases = [...read.map((_, i) => `number${i}`), ...read.map((_, i) => `text${i}`), ...stored.map((_, i) => `stored${i}`), ...shown.map((_, i) => `cell${i}`), 'nth']
  const cells = new Map<string, ViewCell>([
    ...read.map(({ schema }, i) => [schema.name, readCell(schema, `number${i}`, `text${i}`)] as const),
    ...stored.map(({ schema, sqlType }, i) => [schema.name, storedCell(schema, sqlType, `stored${i}`)] as const),
  ])
  const cellOf = (name: string): ViewCell => cells.get(name) as ViewCell
  const where = filter.map((condition) => `(${conditionSql(condition, cellOf(condition.column))})`)
  const order = sort.map(({ column, descending }) => `${cellOf(column).key} ${descending ? 'DESC' : 'ASC'} NULLS LAST`)
  const source = `(${readCells(requests, rows.from, { further })}) AS row(${aliases.join(', ')})`
  return [
    `SELECT ${shown.map((_, i) => `cell${i}`).join(', ')} FROM ${source}`,
    ...(where.length === 0 ? [] : [`WHERE ${where.join(' AND ')}`]),
    ...(order.length === 0 ? [] : [`ORDER BY ${[...order, 'nth'].join(', ')}`]),
  ].join(' ')
}

/** The column of that name; its absence is an error that suggests a near name. */
export function requireColumn({ columns }: TableSchema, name: string): ColumnSchema {
  const column = columns.find((candidate) => candidate.name === name)
  if (column !== undefined) return column
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no column "${name}"`,
    message: suggestColumn(name, columns.map((candidate) => candidate.name)),
    nextStep: 'Name the columns as the dataset names them.',
    details: { column: name },
  })
}
