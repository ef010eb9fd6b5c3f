import type Database from 'better-sqlite3'
import { MillraceError } from '#shared/errors.ts'
import { suggestion } from '../../../base/did-you-mean.ts'
import { quoteIdentifier } from '../../sql-text.ts'
import { noRecords } from '../no-records.ts'
import type { SourceOptions } from '../source-reader.ts'

/** What is read from a database: a statement that only reads, and what to call it. */
export type ChosenSelect = { readonly statement: Database.Statement<unknown[], unknown>; readonly part: string }

/** Tables that are listed with their rows where none was chosen. */
const MOST_LISTED = 30

/** The statement for the query or table that was asked for, or for the only table there is. */
export function chooseSelect(file: string, database: Database.Database, { table, query }: SourceOptions): ChosenSelect {
  if (query !== undefined && table !== undefined) throw invalid(file, 'Both a table and a query are given', 'One of the two says what to read.', 'Leave out "table" or "query".')
  if (query !== undefined) return { statement: readingStatement(file, database, query), part: query }
  const tables = namesOf(database, 'table')
  const views = namesOf(database, 'view')
  if (table !== undefined) {
    const known = [...tables, ...views]
    const name = known.find((one) => one === table) ?? known.find((one) => one.toLowerCase() === table.toLowerCase())
    if (name === undefined) throw invalid(file, `The database has no table "${table}"${suggestion(table, known)}`, `It has ${listed(known)}.`, 'Correct the name of the table.')
    return selectAll(database, name)
  }
  const [only] = tables
  if (tables.length === 0 || only === undefined) throw noRecords(file, 'no tables')
  if (tables.length > 1) throw severalTables(file, database, tables, views)
  return selectAll(database, only)
}

function namesOf(database: Database.Database, type: 'table' | 'view'): string[] {
  return database
    .prepare<[string], string>(`SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`)
    .pluck()
    .all(type)
}

function selectAll(database: Database.Database, name: string): ChosenSelect {
  return { statement: database.prepare(`SELECT * FROM ${quoteIdentifier(name)}`), part: name }
}

/** Prepares a query that returns rows and changes nothing; SQLite takes one statement at a time. */
function readingStatement(file: string, database: Database.Database, query: string): Database.Statement<unknown[], unknown> {
  const bare = query.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/, '')
  const what = 'Only a SELECT is run on a database: it is read and never changed.'
  if (!/^(?:select|with|values)\b/i.test(bare)) throw invalid(file, 'The query is no SELECT', what, 'Write the query as SELECT … (or WITH … SELECT …).')
  let statement: Database.Statement<unknown[], unknown>
  try {
    statement = database.prepare(query.replace(/;\s*$/, ''))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(file, 'The query cannot be run', `SQLite says: ${reason}.`, `Correct the query; the database has ${listed([...namesOf(database, 'table'), ...namesOf(database, 'view')])}.`, error)
  }
  if (!statement.reader || !statement.readonly) throw invalid(file, 'The query is no SELECT', what, 'Write the query as SELECT … (or WITH … SELECT …).')
  return statement
}

function severalTables(file: string, database: Database.Database, tables: readonly string[], views: readonly string[]): MillraceError {
  const counted = tables.slice(0, MOST_LISTED).map((name) => {
    const rows = database.prepare<[], number>(`SELECT count(*) FROM ${quoteIdentifier(name)}`).pluck().get() ?? 0
    return { name, rows }
  })
  const texts = counted.map(({ name, rows }) => `${name} (${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'})`)
  const more = tables.length > MOST_LISTED ? `, and ${tables.length - MOST_LISTED} more` : ''
  const besides = views.length === 0 ? '' : `; views: ${views.slice(0, MOST_LISTED).join(', ')}`
  return new MillraceError({
    code: 'invalid-parameter',
    headline: 'The database has several tables',
    message: `${file} has ${texts.join(', ')}${more}${besides}.`,
    nextStep: 'Choose one with "table" (import: --table NAME), or join them with "query".',
    details: { file, tables: counted },
  })
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'no tables'
  return `${names.slice(0, MOST_LISTED).map((name) => `"${name}"`).join(', ')}${names.length > MOST_LISTED ? ', …' : ''}`
}

function invalid(file: string, headline: string, message: string, nextStep: string, cause?: unknown): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message: `${file}: ${message}`, nextStep, details: { file } }, cause)
}
