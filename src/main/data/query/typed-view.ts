import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { isMoment, numberCell, trimmed } from '../cell.ts'
import { missingTexts } from '../missing-tokens.ts'
import type { StoredColumn } from '../parquet.ts'
import { isOneOf, quoteIdentifier } from '../sql-text.ts'

/**
 * SELECT of a dataset with its columns as their types say: integers BIGINT, decimals DOUBLE, moments TIMESTAMP, all others text;
 * what means "no value" is NULL. Three layers (cell, number, value) name each expression once.
 */
export function typedView(from: string, stored: readonly StoredColumn[], schema: TableSchema): string {
  const columns = schema.columns.map((column, index) => ({ column, sqlType: stored.find(({ name }) => name === column.name)?.sqlType ?? 'VARCHAR', raw: `raw${index}`, text: `text${index}`, number: `number${index}` }))
  const cells = columns.flatMap(({ column, sqlType, raw, text }) => {
    const cell = quoteIdentifier(column.name)
    return [`${cell} AS ${raw}`, ...(sqlType === 'VARCHAR' ? [`${trimmed(cell, sqlType)} AS ${text}`] : [])]
  })
  const numbers = columns.flatMap(({ column, sqlType, raw, text, number }) => (isAsStored(column, sqlType) || isText(column) ? [] : [`${numberCell({ raw, text }, sqlType, column)} AS ${number}`]))
  const values = columns.map(({ column, sqlType, raw, text, number }) => `${valueOf(column, sqlType, { raw, text, number })} AS ${quoteIdentifier(column.name)}`)
  return `SELECT ${values.join(', ')} FROM (SELECT ${['*', ...numbers].join(', ')} FROM (SELECT ${cells.join(', ')} FROM ${from}))`
}

function valueOf(column: ColumnSchema, sqlType: string, { raw, text, number }: { readonly raw: string; readonly text: string; readonly number: string }): string {
  if (isAsStored(column, sqlType)) return raw
  if (column.type === 'integer') return `CAST(${number} AS BIGINT)`
  if (column.type === 'decimal') return number
  if (column.type === 'datetime') return `make_timestamp(CAST(${number} * 1000 AS BIGINT))`
  if (sqlType !== 'VARCHAR') return `CAST(${raw} AS VARCHAR)`
  return `CASE WHEN ${text} <> '' AND NOT ${isOneOf(text, missingTexts(column))} THEN ${raw} END`
}

/** True where the stored cells are values already. */
function isAsStored(column: ColumnSchema, sqlType: string): boolean {
  if (column.type === 'datetime') return isMoment(sqlType) && column.format === undefined
  const isPlain = column.missingTokens.length === 0
  return isPlain && ((column.type === 'integer' && sqlType === 'BIGINT') || (column.type === 'decimal' && sqlType === 'DOUBLE'))
}

function isText(column: ColumnSchema): boolean {
  return column.type === 'category' || column.type === 'text' || column.type === 'boolean'
}
