import Database from 'better-sqlite3'
import { migrate } from '../../../../src/main/store/database.ts'
import { migrations } from '../../../../src/main/store/migrations/index.ts'

/** A database in memory as it was right after a migration, with foreign keys enforced. */
export function migratedTo(version: number): Database.Database {
  const database = new Database(':memory:')
  database.pragma('foreign_keys = ON')
  migrate(
    database,
    migrations.filter((migration) => migration.version <= version),
  )
  return database
}

/** Names of the tables there are. */
export function tablesOf(database: Database.Database): string[] {
  return database
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .all()
    .map((row) => row.name)
}

/** The query plan of a statement, in SQLite's words. */
export function planOf(database: Database.Database, sql: string): string {
  return database
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => row.detail)
    .join('; ')
}
