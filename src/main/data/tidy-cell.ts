import type { ColumnSchema } from '#shared/domain/schema.ts'
import { trimmed } from './cell.ts'
import { missingTexts } from './missing-tokens.ts'
import { isOneOf, quoteIdentifier } from './sql-text.ts'

/** SQL for a stored cell without white space around it, NULL where it means "no value", still in the type that it was stored in. */
export function tidyCell(column: ColumnSchema, sqlType: string): string {
  const cell = quoteIdentifier(column.name)
  if (sqlType !== 'VARCHAR') return cell
  const text = trimmed(cell, sqlType)
  const infinite = column.type === 'integer' || column.type === 'decimal' ? ` OR isinf(TRY_CAST(${text} AS DOUBLE))` : ''
  return `CASE WHEN ${isOneOf(text, ['', ...missingTexts(column)])}${infinite} THEN NULL ELSE ${text} END`
}
