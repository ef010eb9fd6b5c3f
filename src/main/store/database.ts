import Database from 'better-sqlite3'
import { MillraceError } from '#shared/errors.ts'
import { databaseError } from './database-error.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'

/** A connection to a project's database. */
export type Database = Database.Database

/** "Mlrc": marks the file as a Millrace project, so that another application's database is never taken for one. */
const applicationId = 0x4d6c7263

/** Opens a project's database, brings it up to date, and refuses one that is damaged, foreign or from a newer version. */
export function openDatabase(file: string, migrations: readonly Migration[] = allMigrations): Database {
  let database: Database | undefined
  try {
    database = new Database(file, { timeout: 5000 })
    database.pragma('foreign_keys = ON')
    checkIdentity(database, file, migrations)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    migrate(database, migrations)
    return database
  } catch (error) {
    database?.close()
    throw databaseError(error, file)
  }
}

/** Applies what is missing, each migration in its own transaction. */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    if (versionOf(database) >= migration.version) continue
    database
      .transaction(() => {
        if (versionOf(database) >= migration.version) return // another process was first
        database.exec(migration.sql)
        database.pragma(`application_id = ${applicationId}`)
        database.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
  }
}

/**
 * One transaction whose commit is on the disk when this returns. Others may be lost when the power fails;
 * none is ever half done.
 */
export function durably<T>(database: Database, work: () => T): T {
  if (database.inTransaction) return work()
  database.pragma('synchronous = FULL')
  try {
    return database.transaction(work).immediate()
  } finally {
    database.pragma('synchronous = NORMAL')
  }
}

/** What the work gives in a transaction that is then taken back, whatever it did. */
export function tryOut<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    return work()
  } finally {
    database.exec('ROLLBACK')
  }
}

function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

function checkIdentity(database: Database, file: string, migrations: readonly Migration[]): void {
  const version = versionOf(database)
  const id = database.pragma('application_id', { simple: true }) as number
  const tables = database.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0
  if (id !== applicationId && (version !== 0 || tables > 0)) {
    throw new MillraceError({
      code: 'invalid-project',
      headline: 'This is not a Millrace project',
      message: `${file} is a database of another application.`,
      nextStep: 'Choose another folder, or create a project with: millrace init DIR',
      details: { file },
    })
  }
  const newest = migrations.at(-1)?.version ?? 0
  if (version > newest) {
    throw new MillraceError({
      code: 'newer-version',
      headline: 'This project was made by a newer version of Millrace',
      message: `${file} has format ${version}; this version reads up to ${newest}. Nothing was changed.`,
      nextStep: 'Open it with the version that made it, or update Millrace.',
      details: { file, found: version, supported: newest },
    })
  }
}
