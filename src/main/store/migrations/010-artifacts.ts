import type { Migration } from './migration.ts'

/** Artifacts that are whole on disk, by kind and content hash. */
export const artifacts: Migration = {
  version: 10,
  sql: `
    CREATE TABLE artifacts (
      kind TEXT NOT NULL,
      hash TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      files TEXT NOT NULL,
      meta TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (kind, hash)
    ) STRICT;
  `,
}
