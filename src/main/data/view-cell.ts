import type { ColumnSchema } from '#shared/domain/schema.ts'
import { isMoment, trimmed } from './cell.ts'
import { holdsNumbers, missingTexts } from './missing-tokens.ts'
import { doubleLiteral, isOneOf, quoteLiteral } from './sql-text.ts'

/** How conditions and sort keys of a view reach a column's cell, as SQL. */
export type ViewCell = {
  readonly schema: ColumnSchema
  /** True where the cell holds a value. */
  readonly present: string
  /** What is compared with numbers: NULL or not comparable where missing. */
  readonly number: string
  /** The trimmed text. */
  readonly text: string
  /** What rows are sorted by; NULL where missing. */
  readonly key: string
  /** A number (moments as milliseconds since 1970-01-01 UTC) in the form of `number`. */
  literal(value: number): string
}

const STORED_NUMBERS: readonly string[] = ['DOUBLE', 'FLOAT', 'INTEGER', 'BIGINT']

/** True for DuckDB's types of plain numbers that datasets are stored in. */
export function isStoredNumber(sqlType: string): boolean {
  return STORED_NUMBERS.includes(sqlType)
}

/**
 * True where the stored value is the column's number or trimmed text, so that DuckDB can skip rows by the statistics it
 * keeps. `tidy`: no cell of the column is NaN, infinite, or has white space at its ends.
 */
export function readsAsStored(schema: ColumnSchema, sqlType: string, tidy: boolean): boolean {
  if (schema.type === 'datetime') return isMoment(sqlType)
  if (sqlType === 'VARCHAR') return tidy && !holdsNumbers(schema.type)
  const isNumber = schema.type === 'integer' || schema.type === 'decimal'
  return isStoredNumber(sqlType) && isNumber && (tidy || !isFloating(sqlType)) && schema.missingTokens.length === 0 && schema.numberFormat === undefined
}

/** SQL that is true where a stored value stands in the way of `readsAsStored`; undefined where none can. */
export function untidy(sqlType: string, stored: string): string | undefined {
  if (isFloating(sqlType)) return `NOT isfinite(${stored})`
  return sqlType === 'VARCHAR' ? `${trimmed(stored, sqlType)} <> ${stored}` : undefined
}

function isFloating(sqlType: string): boolean {
  return sqlType === 'DOUBLE' || sqlType === 'FLOAT'
}

/** A cell that `readsAsStored`, given SQL of its stored value. */
export function storedCell(schema: ColumnSchema, sqlType: string, stored: string): ViewCell {
  // The tokens of its own data: what no cell holds need not be looked for.
  if (sqlType === 'VARCHAR') return { schema, present: ['', ...schema.missingTokens].reduce((present, token) => `${present} AND ${stored} <> ${quoteLiteral(token)}`, `${stored} IS NOT NULL`), number: stored, text: stored, key: stored, literal: doubleLiteral }
  const text = `CAST(${stored} AS VARCHAR)`
  if (isMoment(sqlType)) return { schema, present: `${stored} IS NOT NULL`, number: stored, text, key: stored, literal: (value) => `epoch_ms(CAST('${String(Math.round(value))}' AS BIGINT))` }
  if (!isFloating(sqlType)) {
    return { schema, present: `${stored} IS NOT NULL`, number: stored, text, key: stored, literal: (value) => (Number.isSafeInteger(value) ? `CAST('${String(value)}' AS BIGINT)` : doubleLiteral(value)) }
  }
  return { schema, present: `${stored} IS NOT NULL`, number: stored, text, key: stored, literal: doubleLiteral }
}

/** Any other cell, given SQL of its number (NaN where missing) and of its trimmed text. */
export function readCell(schema: ColumnSchema, number: string, text: string): ViewCell {
  const isNumber = holdsNumbers(schema.type)
  return {
    schema,
    present: isNumber ? `NOT isnan(${number})` : `coalesce(NOT ${isOneOf(text, ['', ...missingTexts(schema)])}, false)`,
    number,
    text,
    key: isNumber ? `nullif(${number}, 'NaN'::DOUBLE)` : text,
    literal: doubleLiteral,
  }
}
