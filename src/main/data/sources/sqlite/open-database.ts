import { existsSync, statSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import { temporaryFile } from '../spool.ts'

/** A database that is open for reading; `close` removes the copy that was read, where there was one. */
export type OpenDatabase = { readonly database: Database.Database; close(): Promise<void> }

/**
 * Opens an SQLite file for reading alone. What another program has written and not yet moved into the file (its `-wal`) is
 * part of the data: then, and where the folder cannot be written, a copy is read.
 */
export async function openDatabase(engine: DataEngine, path: string): Promise<OpenDatabase> {
  const log = `${path}-wal`
  if (existsSync(log) && statSync(log).size > 0) return openCopy(engine, path)
  try {
    return { database: checked(path, path), close: () => Promise.resolve() }
  } catch (error) {
    if (codeOf(error)?.startsWith('SQLITE_CANTOPEN') === true || codeOf(error)?.startsWith('SQLITE_READONLY') === true) return openCopy(engine, path)
    throw explainSqliteError(path, error)
  }
}

async function openCopy(engine: DataEngine, path: string): Promise<OpenDatabase> {
  const copy = await temporaryFile(engine, 'copy.sqlite')
  const files = ['', '-wal', '-shm'].map((end) => copy + end)
  const remove = async (): Promise<void> => {
    for (const file of files) await rm(file, { force: true })
  }
  try {
    await copyFile(path, copy)
    if (existsSync(`${path}-wal`)) await copyFile(`${path}-wal`, `${copy}-wal`)
    return { database: checked(copy, path, false), close: remove }
  } catch (error) {
    await remove()
    throw explainSqliteError(path, error)
  }
}

/** Opens a database and reads its schema, so that what is no database fails here. */
function checked(path: string, named: string, readonly = true): Database.Database {
  const database = new Database(path, { readonly, fileMustExist: true })
  try {
    // Schemas are data of whoever made the file: its views and triggers call no function with effects.
    database.pragma('trusted_schema = OFF')
    database.pragma('cell_size_check = ON')
    database.pragma('query_only = ON')
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return database
  } catch (error) {
    database.close()
    throw codeOf(error)?.startsWith('SQLITE_CANTOPEN') === true || codeOf(error)?.startsWith('SQLITE_READONLY') === true ? error : explainSqliteError(named, error)
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}

/** The error of SQLite about a file in words; any other error as it is. */
export function explainSqliteError(file: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || !(error instanceof Error)) return error
  if (code === 'SQLITE_NOTADB') return problem('The file is no SQLite database', 'It is something else, or the database is encrypted.', 'Export its table as CSV from the program that it belongs to.')
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR')) {
    return problem('The database is damaged', `SQLite says: ${error.message}.`, 'Copy it again while no program writes to it, or repair it with: sqlite3 old.db ".recover" | sqlite3 new.db')
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return problem('Another program is writing to the database', `SQLite says: ${error.message}.`, 'Wait until it has finished, then try again.')
  return problem('The database cannot be read', `SQLite says: ${error.message}.`, 'Check the file and the query.')

  function problem(headline: string, message: string, nextStep: string): MillraceError {
    return new MillraceError({ code: 'invalid-data', headline, message: `${file}: ${message}`, nextStep, details: { file } }, error)
  }
}
