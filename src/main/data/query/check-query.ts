import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { quoteLiteral } from '../sql-text.ts'

/** How the rows of a query are put in order: as it says itself, as its input has them, or by its columns from left to right. */
export type RowOrder = 'own' | 'input' | 'sorted'

const serialisedSchema = z.looseObject({
  error: z.boolean(),
  error_type: z.string().optional(),
  error_message: z.string().optional(),
  position: z.string().optional(),
  statements: z.array(z.looseObject({ node: z.looseObject({}) })).optional(),
})

/**
 * Makes sure that a text is one SELECT (or WITH, FROM, PIVOT) whose result depends on nothing but its tables, and says how its
 * rows are ordered. DuckDB's own parser decides; what the query may reach is the engine's part.
 */
export async function checkQuery(engine: DataEngine, query: string): Promise<RowOrder> {
  const [found] = await engine.rows(`SELECT CAST(json_serialize_sql(CAST(${quoteLiteral(query)} AS VARCHAR)) AS VARCHAR) AS text`, z.object({ text: z.string() }))
  const { error, error_type: kind, error_message: message = '', position, statements = [] } = serialisedSchema.parse(JSON.parse(found?.text ?? '{}'))
  const unstable = await unstableFunctions(engine)
  if (!error) {
    const [statement] = statements
    if (statement === undefined || statements.length > 1) throw notOneSelect(statements.length > 1 ? 'It holds several statements.' : 'It is empty.')
    refuseUnstable([...functionsIn(statement.node)].filter((name) => unstable.has(name) || CLOCK_WORDS.has(name.toLowerCase())))
    return rowOrder(statement.node)
  }
  if (kind === 'parser') throw syntaxError(query, message, Number(position ?? 0))
  // DuckDB turns a PIVOT over unknown values into several statements, which it does not serialise.
  if (!isPivot(query)) throw notOneSelect('It is a statement of another kind.')
  refuseUnstable([...query.toLowerCase().matchAll(/\b([a-z_0-9]+)\s*\(/g)].flatMap(([, name = '']) => (unstable.has(name) ? [name] : [])))
  return 'sorted'
}

/** A PIVOT in a text that cannot hold a second statement. */
function isPivot(query: string): boolean {
  return /\bpivot\b/i.test(query) && !query.includes(';') && /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*(?:select|with|from|pivot|unpivot)\b/i.test(query)
}

/** Functions that give something else each time, such as random() and now(). */
async function unstableFunctions(engine: DataEngine): Promise<ReadonlySet<string>> {
  const rows = await engine.rows(`SELECT DISTINCT function_name AS name FROM duckdb_functions() WHERE stability IN ('VOLATILE', 'CONSISTENT_WITHIN_QUERY')`, z.object({ name: z.string() }))
  return new Set(rows.map(({ name }) => name))
}

/** Words that SQL takes for the time, without brackets. */
const CLOCK_WORDS = new Set(['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'])

function* functionsIn(node: unknown): Generator<string> {
  if (node === null || typeof node !== 'object') return
  if ('function_name' in node && typeof node.function_name === 'string') yield node.function_name.toLowerCase()
  if ('column_names' in node && Array.isArray(node.column_names) && node.column_names.length === 1 && CLOCK_WORDS.has(String(node.column_names[0]).toLowerCase())) yield String(node.column_names[0])
  if ('sample' in node && node.sample !== null && typeof node.sample === 'object') yield 'random'
  for (const member of Object.values(node)) yield* functionsIn(member)
}

function refuseUnstable(names: readonly string[]): void {
  const [first] = names
  if (first === undefined) return
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: 'The query gives another result each time',
    message: `It uses ${first}() or a random sample, whose result does not depend on the data alone; steps give the same for the same data.`,
    nextStep: 'Leave it out; a date to compare with can be written as DATE \'2026-01-31\'.',
    details: { value: first },
  })
}

const nodeSchema = z.looseObject({
  type: z.string(),
  modifiers: z.array(z.looseObject({ type: z.string() })).default([]),
  group_expressions: z.array(z.unknown()).default([]),
  group_sets: z.array(z.unknown()).default([]),
  from_table: z.looseObject({ type: z.string() }).optional(),
  cte_map: z.looseObject({ map: z.array(z.unknown()).default([]) }).optional(),
})

function rowOrder(value: unknown): RowOrder {
  const node = nodeSchema.parse(value)
  if (node.modifiers.some(({ type }) => type === 'ORDER_MODIFIER')) return 'own'
  const isPlain =
    node.type === 'SELECT_NODE' &&
    node.group_expressions.length === 0 &&
    node.group_sets.length === 0 &&
    (node.cte_map?.map.length ?? 0) === 0 &&
    node.from_table?.type === 'BASE_TABLE' &&
    !node.modifiers.some(({ type }) => type === 'DISTINCT_MODIFIER') &&
    !JSON.stringify(value).includes('"class":"WINDOW"')
  return isPlain ? 'input' : 'sorted'
}

function notOneSelect(what: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'The query is not one SELECT',
    message: `${what} A query reads its tables with one SELECT, WITH, FROM or PIVOT, and changes nothing.`,
    nextStep: 'Write one query; steps after each other make several.',
  })
}

function syntaxError(query: string, message: string, position: number): MillraceError {
  const before = query.slice(0, position).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'The query is not valid SQL',
    message: `Line ${line}, column ${column}: ${message}.`,
    nextStep: 'Correct the query.',
    details: { line, column },
  })
}
