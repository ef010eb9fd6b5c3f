import type { ColumnSchema } from '#shared/domain/schema.ts'
import { ROW_NUMBER, scanParquet } from './parquet.ts'
import { repairLayers } from './repair/repair-layers.ts'
import { quoteIdentifier } from './sql-text.ts'
import { tidyCell } from './tidy-cell.ts'

/** A column to clean: its schema as it was and with the repairs that were decided, how its file stores it, and whether any cell needs tidying. */
export type CleanedColumn = { readonly before: ColumnSchema; readonly schema: ColumnSchema; readonly sqlType: string; readonly untidy: boolean }

/** SQL after FROM of some columns of a file under their names, trimmed and without missing tokens, with row numbers. */
export function tidyRows(path: string, columns: readonly CleanedColumn[]): string {
  // Thousands of expressions at a time take gigabytes; most columns have nothing to tidy.
  const items = columns.map(({ before, sqlType, untidy }) => `${untidy ? tidyCell(before, sqlType) : quoteIdentifier(before.name)} AS ${quoteIdentifier(before.name)}`)
  return `(SELECT ${[...items, ROW_NUMBER].join(', ')} FROM ${scanParquet(path, { rowNumbers: true })})`
}

/** The same after all repairs. */
export function cleanedRows(path: string, columns: readonly CleanedColumn[]): string {
  const tidy = tidyRows(path, columns)
  const { from, expressions } = repairLayers(columns.map(({ schema, sqlType }) => ({ schema, sqlType, expression: quoteIdentifier(schema.name) })), tidy)
  if (from === tidy) return tidy
  return `(SELECT ${columns.map(({ schema }, index) => `${expressions[index] ?? ''} AS ${quoteIdentifier(schema.name)}`).join(', ')}, ${ROW_NUMBER} FROM ${from})`
}
