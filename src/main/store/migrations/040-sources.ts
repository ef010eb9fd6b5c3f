import type { Migration } from './migration.ts'

/** Hashes of files outside the project, valid while their fingerprint stays as it is. */
export const sources: Migration = {
  version: 40,
  sql: `
    CREATE TABLE sources (
      path TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      modified REAL NOT NULL,
      changed REAL NOT NULL,
      inode TEXT NOT NULL,
      sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
