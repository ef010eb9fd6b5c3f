import type { ColumnSchema, ColumnType } from '#shared/domain/schema.ts'

/** Texts that mean "no value" in any column. */
export const ALWAYS_MISSING: readonly string[] = [
  'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NAN', '-NaN', '-nan', 'null', 'NULL', 'Null', '?', '\\N', '#NULL!', '#DIV/0!', '#VALUE!',
]

/** Texts that mean "no value" only among numbers or dates; in a column of categories they may be a level of their own. */
export const MISSING_AMONG_NUMBERS: readonly string[] = [
  'None', 'none', 'NONE', 'unknown', 'Unknown', 'UNKNOWN', 'missing', 'Missing', 'nil', 'Nil', 'na', '-', '--', '.', '..', '*', 'n.a.', 'N.A.',
]

/** True where a column of this type holds numbers or moments. */
export function holdsNumbers(type: ColumnType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'datetime'
}

/**
 * Every cell text, trimmed, that reads as "no value" in a column: what its own data showed and the usual ones, so that
 * a file to predict may use a token that the training data did not.
 */
export function missingTexts(column: Pick<ColumnSchema, 'type' | 'missingTokens'>): readonly string[] {
  return [...new Set([...ALWAYS_MISSING, ...(holdsNumbers(column.type) ? MISSING_AMONG_NUMBERS : []), ...column.missingTokens])]
}
