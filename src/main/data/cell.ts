import { groupMark, NEGATIVE_PATTERN, numberPattern, parseNumber, type NumberFormat } from '#shared/domain/number-format.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { ALWAYS_MISSING, missingTexts } from './missing-tokens.ts'
import { doubleLiteral, isOneOf, quoteLiteral } from './sql-text.ts'

/** Characters that are not part of a cell when they stand at its ends: those of JavaScript's `trim`, so that SQL and code agree. */
const WHITESPACE =
  ' \t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Spellings without a sign that DuckDB casts to infinity. */
const INFINITIES = ['inf', 'Inf', 'INF', 'infinity', 'Infinity', 'INFINITY']

/** SQL for a cell as text without white space around it; NULL stays NULL. */
export function trimmed(expression: string, sqlType: string): string {
  if (sqlType !== 'VARCHAR') return `CAST(${expression} AS VARCHAR)`
  // Trimming a set of characters costs a microsecond per cell, so it is done only where the first or the last may be one.
  const edges = [`${expression} < '!'`, `${expression} >= '\u0080'`, `${expression}[-1] < '!'`, `${expression}[-1] >= '\u0080'`]
  return `CASE WHEN ${edges.join(' OR ')} THEN trim(${expression}, ${quoteLiteral(WHITESPACE)}) ELSE ${expression} END`
}

/** SQL for a trimmed text; NULL where it is empty or one of the tokens that always mean "no value". */
export function valueText(text: string): string {
  return `CASE WHEN ${text} = '' OR ${isOneOf(text, ALWAYS_MISSING)} THEN NULL ELSE ${text} END`
}

/** SQL for a trimmed text as DOUBLE; NULL where it is not a number as people write it (SQL's own `1_000` is not). */
export function parsedNumber(text: string): string {
  // Digits and signs sort before ':'; a failed cast costs ten times a successful one.
  const mayBeNumber = `(${text} < ':' OR ${isOneOf(text, INFINITIES)}) AND NOT contains(${text}, '_')`
  return `CASE WHEN ${mayBeNumber} THEN TRY_CAST(${text} AS DOUBLE) END`
}

/** SQL for a trimmed text as DOUBLE by a format other than the plain one; NULL where it does not follow it. */
export function formattedNumber(text: string, format: NumberFormat): string {
  const mark = groupMark(format)
  const digits = `regexp_extract(${text}, ${quoteLiteral(numberPattern(format))}, 1)`
  const ungrouped = mark === '' ? digits : `regexp_replace(${digits}, ${quoteLiteral(mark)}, '', 'g')`
  const pointed = format.decimal === ',' ? `replace(${ungrouped}, ',', '.')` : ungrouped
  const written = `TRY_CAST(${pointed} AS DOUBLE) * CASE WHEN regexp_matches(${text}, ${quoteLiteral(NEGATIVE_PATTERN)}) THEN -1 ELSE 1 END`
  // A file to predict may write the same numbers the plain way, which only thousands marks make doubtful.
  return format.group === '' ? `coalesce(${written}, ${finite(parsedNumber(text))})` : written
}

/** Between two strptime formats of one column: moments of which some are days alone. */
export const FORMAT_OR = '|'

/** Formats of moments that are counted and not written, with SQL of the milliseconds since 1970-01-01 UTC of a number. */
const COUNTED: Readonly<Record<string, (number: string) => string>> = {
  epoch: (number) => `${number} * 1000`,
  'epoch-ms': (number) => number,
  // Days since 1899-12-30, in which Excel's leap day of 1900 is right from March 1900 on.
  excel: (number) => `round((${number} - 25569) * 86400) * 1000`,
}

/** True for a format of moments that are counted: `epoch` (seconds), `epoch-ms`, `excel` (days). */
export function isCounted(format: string): boolean {
  return Object.hasOwn(COUNTED, format)
}

/** SQL for a trimmed text as milliseconds since 1970-01-01 UTC (DOUBLE); NULL where it does not follow `format`. */
export function parsedMoment(text: string, format: string | undefined): string {
  const counted = format === undefined ? undefined : COUNTED[format]
  if (counted !== undefined) return counted(`TRY_CAST(${text} AS DOUBLE)`)
  const moment = format === undefined ? `TRY_CAST(${text} AS TIMESTAMP)` : `try_strptime(${text}, [${format.split(FORMAT_OR).map(quoteLiteral).join(', ')}])`
  return `CAST(epoch_ms(CAST(${moment} AS TIMESTAMP)) AS DOUBLE)`
}

/** SQL of a cell as it is stored and, for text, of what `trimmed` makes of it: name it once, in a layer below, and use it often. */
export type CellText = { readonly raw: string; readonly text: string }

/**
 * SQL for a cell as DOUBLE: numbers as they are, moments as milliseconds since 1970-01-01 UTC; NULL (or NaN) where the
 * cell means "no value", is not a number, or is infinite.
 */
export function numberCell({ raw, text }: CellText, sqlType: string, column: ColumnSchema): string {
  if (isMoment(sqlType)) return `CAST(epoch_ms(CAST(${raw} AS TIMESTAMP)) AS DOUBLE)`
  if (column.type === 'datetime' && (sqlType === 'VARCHAR' || column.format !== undefined)) return parsedMoment(sqlType === 'VARCHAR' ? text : raw, column.format)
  const tokens = numericTokens(column)
  if (sqlType !== 'VARCHAR') return without(tokens, finite(`TRY_CAST(${raw} AS DOUBLE)`))
  const number = column.numberFormat === undefined ? finite(parsedNumber(text)) : formattedNumber(text, column.numberFormat)
  return without(tokens, tokens.length === 0 ? number : `CASE WHEN ${isOneOf(text, column.missingTokens)} THEN NULL ELSE ${number} END`)
}

/** SQL for a number that is NULL where it is one of `numbers`. */
function without(numbers: readonly number[], number: string): string {
  return numbers.reduce((cell, value) => `nullif(${cell}, ${doubleLiteral(value)})`, number)
}

/**
 * SQL that is true where a cell holds something and yet `number` (the cell by `numberCell`) is no number: text in a
 * column of numbers. Cells that mean "no value" and infinities are not.
 */
export function isNotNumber({ raw, text }: CellText, sqlType: string, column: ColumnSchema, number: string): string {
  if (sqlType !== 'VARCHAR') return `(${raw} IS NOT NULL AND ${number} IS NULL AND TRY_CAST(${raw} AS DOUBLE) IS NULL)`
  const accepted = column.type === 'datetime' || column.numberFormat !== undefined ? 'false' : `TRY_CAST(${text} AS DOUBLE) IS NOT NULL AND NOT contains(${text}, '_')`
  return `(${raw} IS NOT NULL AND ${number} IS NULL AND NOT (${accepted}) AND NOT ${isOneOf(text, ['', ...missingTexts(column)])})`
}

/** True where DuckDB's type is a date or a moment. */
export function isMoment(sqlType: string): boolean {
  return sqlType === 'DATE' || sqlType.startsWith('TIMESTAMP')
}

/** Missing tokens that would otherwise read as numbers, e.g. "-999". */
function numericTokens({ missingTokens, numberFormat }: ColumnSchema): readonly number[] {
  const numbers = missingTokens.filter((token) => token.trim() !== '').map((token) => (numberFormat === undefined ? undefined : parseNumber(token, numberFormat)) ?? Number(token))
  return [...new Set(numbers.filter(Number.isFinite))]
}

function finite(expression: string): string {
  return `nullif(nullif(${expression}, 'Infinity'::DOUBLE), '-Infinity'::DOUBLE)`
}
