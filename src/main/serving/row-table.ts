import type { Row, RowCell } from '#shared/domain/prediction.ts'
import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../base/did-you-mean.ts'
import type { ColumnRead } from '../learn/recipe/index.ts'
import { sharedFloat64, type Column } from '../table/column.ts'
import type { Table } from '../table/table.ts'

/** One field of a row that cannot be taken, and why. */
type Problem = { readonly field: string; readonly problem: string; readonly value?: string }

function shown(cell: RowCell): string {
  return typeof cell === 'string' ? cell.slice(0, 100) : String(cell)
}

function numberOf(name: string, cell: RowCell): number | Problem {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return Number.NaN
  const value = typeof cell === 'number' ? cell : Number(cell)
  return Number.isFinite(value) ? value : { field: name, problem: 'must be a number, or empty for none', value: shown(cell) }
}

/** ISO 8601, a day or a moment; without a zone it is UTC, as in the data. */
const ISO = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/

function momentOf(name: string, cell: RowCell): number | Problem {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return Number.NaN
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : { field: name, problem: 'must be a moment', value: shown(cell) }
  const text = cell.trim()
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) ? text : `${text}${text.length > 10 ? 'Z' : ''}`
  const value = ISO.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN
  return Number.isNaN(value) ? { field: name, problem: 'must be a day such as 2026-03-31, or a moment such as 2026-03-31T12:00', value: shown(cell) } : value
}

function columnOf({ schema, as }: ColumnRead, rows: readonly Row[], problems: Problem[]): Column {
  const { name } = schema
  const cells = rows.map((row) => row[name] ?? null)
  if (as === 'number') {
    const values = sharedFloat64(cells.length)
    cells.forEach((cell, row) => {
      const value = schema.type === 'datetime' ? momentOf(name, cell) : numberOf(name, cell)
      if (typeof value === 'number') values[row] = value
      else problems.push(value)
    })
    return { kind: 'number', name, values }
  }
  const texts = cells.map((cell) => (cell === null ? '' : String(cell).trim()))
  const categories = [...new Set(texts.filter((text) => text !== '' && !schema.missingTokens.includes(text)))]
  return { kind: 'category', name, categories, codes: Int32Array.from(texts, (text) => categories.indexOf(text)) }
}

function refusal(problems: readonly Problem[], names: readonly string[]): MillraceError {
  const [first] = problems
  const said = problems.map(({ field, problem, value }) => `"${field}" ${problem}${value === undefined ? '' : `, and is "${value}"`}`)
  return new MillraceError({
    code: 'invalid-data',
    headline: problems.length === 1 ? `The field "${first?.field ?? ''}" cannot be taken` : `${String(problems.length)} fields cannot be taken`,
    message: `${said.join('; ')}.`,
    nextStep: `Correct ${problems.length === 1 ? 'it' : 'them'}. The model reads: ${names.join(', ')}.`,
    details: { column: first?.field ?? '', ...(first?.value === undefined ? {} : { value: first.value }), fields: problems.map(({ field, problem }) => ({ field, problem })) },
  })
}

/**
 * Rows as a table that a model reads. Numbers may come as text, moments as ISO 8601; an absent value is null or an empty text. Throws
 * `invalid-data` naming every field that is not there, not known or not what its column holds.
 */
export function tableOfRows(inputs: readonly ColumnRead[], rows: readonly Row[]): Table {
  const names = inputs.map(({ schema }) => schema.name)
  const known = new Set(names)
  const problems: Problem[] = []
  for (const row of rows) {
    for (const name of names) if (!Object.hasOwn(row, name)) problems.push({ field: name, problem: 'is not there; it may be empty, but must be named' })
    for (const field of Object.keys(row)) {
      if (known.has(field)) continue
      const near = nearestWord(field, names)
      problems.push({ field, problem: `is not a column of the model${near === undefined ? '' : `; did you mean "${near}"?`}` })
    }
  }
  const columns = inputs.map((input) => columnOf(input, rows, problems))
  if (problems.length > 0) throw refusal(problems, names)
  return { rows: rows.length, columns }
}
