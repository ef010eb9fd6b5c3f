import type { Condition, Operator } from '#shared/domain/row-order.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { holdsNumbers, missingTexts } from './missing-tokens.ts'
import { quoteLiteral } from './sql-text.ts'
import { suggestColumn } from './suggest-column.ts'
import type { ViewCell } from './view-cell.ts'

const OPERATORS: readonly (readonly [written: string, operator: Operator])[] = [
  ['is not missing', 'is not missing'],
  ['is missing', 'is missing'],
  ['starts with', 'starts with'],
  ['contains', 'contains'],
  ['<=', '<='],
  ['>=', '>='],
  ['!=', '!='],
  ['<>', '!='],
  ['==', '='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
]

/** Reads a condition as people type it; the column is the longest name that it begins with, or stands in double quotes. */
export function parseCondition(text: string, columns: readonly ColumnSchema[]): Condition {
  const written = text.trim()
  const names = columns.map(({ name }) => name)
  const name = names.filter((candidate) => beginsWith(written, candidate)).toSorted((a, b) => b.length - a.length)[0]
  if (name === undefined) throw unknownColumn(written, names)
  const rest = written.slice(written.startsWith(`"${name}"`) ? name.length + 2 : name.length).trim()
  const found = OPERATORS.find(([word]) => rest.toLowerCase().startsWith(word))
  if (found === undefined) throw refused(text, `After the column "${name}" stands "${rest}", which is none of ${OPERATORS.map(([word]) => word).join(', ')}.`, name)
  const value = unquoted(rest.slice(found[0].length).trim())
  const condition = { column: name, operator: found[1], value }
  checkValue(text, condition, columns.find((column) => column.name === name))
  return condition
}

/** Refuses a condition that cannot be used on these columns. */
export function checkCondition(condition: Condition, columns: readonly ColumnSchema[]): void {
  const { column, operator, value } = condition
  const text = `${column} ${operator} ${value}`.trim()
  const schema = columns.find(({ name }) => name === column)
  if (schema === undefined) throw unknownColumn(`"${column}" ${operator} ${value}`, columns.map(({ name }) => name))
  checkValue(text, condition, schema)
}

function beginsWith(text: string, name: string): boolean {
  if (text.startsWith(`"${name}"`)) return true
  return text.startsWith(name) && (text.length === name.length || /^[\s<>=!]/.test(text.slice(name.length)))
}

function unquoted(text: string): string {
  return /^"[^"]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text
}

function checkValue(text: string, { column, operator, value }: Condition, schema: ColumnSchema | undefined): void {
  const bare = operator === 'is missing' || operator === 'is not missing'
  if (bare && value !== '') throw refused(text, `Nothing may follow "${operator}".`, column)
  if (bare || schema === undefined || !comparesNumbers(schema, operator)) return
  if (!Number.isFinite(numberOf(schema, value))) {
    const wanted = schema.type === 'datetime' ? 'a date such as 2026-01-31 or 2026-01-31 12:00' : 'a number'
    throw refused(text, `Column "${column}" holds ${schema.type === 'datetime' ? 'dates' : 'numbers'}, and "${value}" is not ${wanted}.`, column)
  }
}

function comparesNumbers(schema: ColumnSchema, operator: Operator): boolean {
  return holdsNumbers(schema.type) && operator !== 'contains' && operator !== 'starts with'
}

/** A value as the column's number; moments as milliseconds since 1970-01-01 UTC. */
function numberOf({ type }: ColumnSchema, value: string): number {
  if (type !== 'datetime') return value === '' ? Number.NaN : Number(value)
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?Z?$/.exec(value)
  return match === null ? Number.NaN : Date.parse(`${match[1] ?? ''}T${match[2] ?? '00:00'}Z`)
}

/** SQL of a condition on a cell. Missing cells meet no comparison. */
export function conditionSql({ operator, value }: Condition, cell: ViewCell): string {
  const { schema, present, text } = cell
  switch (operator) {
    case 'is missing':
      return `NOT (${present})`
    case 'is not missing':
      return present
    case 'contains':
      return `${present} AND contains(lower(${text}), lower(${quoteLiteral(value)}))`
    case 'starts with':
      return `${present} AND starts_with(lower(${text}), lower(${quoteLiteral(value)}))`
    default: {
      const sql = operator === '!=' ? '<>' : operator
      if (comparesNumbers(schema, operator)) return `${present} AND ${cell.number} ${sql} ${cell.literal(numberOf(schema, value))}`
      // A cell that reads as a value that is there is there.
      const isThere = operator === '=' && !['', ...missingTexts(schema)].includes(value)
      return `${isThere ? '' : `${present} AND `}${text} ${sql} ${quoteLiteral(value)}`
    }
  }
}

function unknownColumn(text: string, names: readonly string[]): MillraceError {
  const wanted = /^"([^"]*)"/.exec(text)?.[1] ?? text.split(/\s*(?:<=|>=|!=|<>|==?|<|>)|\s+(?:contains|starts with|is )/)[0] ?? text
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no column "${wanted}"`,
    message: `The condition "${text}" begins with no column of the dataset. ${suggestColumn(wanted, names)}`,
    nextStep: 'Write a condition as: column operator value, e.g. "age >= 30".',
    details: { column: wanted, value: text },
  })
}

function refused(text: string, message: string, column: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `The condition "${text}" cannot be used`,
    message,
    nextStep: 'Write a condition as: column operator value, e.g. "age >= 30", "city contains york", "email is missing".',
    details: { column, value: text },
  })
}
