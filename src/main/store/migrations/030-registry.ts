import type { Migration } from './migration.ts'

/** What people name: dataset versions, model versions, deployments. */
export const registry: Migration = {
  version: 30,
  sql: `
    CREATE TABLE dataset_versions (
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL DEFAULT 'dataset' CHECK (kind = 'dataset'),
      hash TEXT NOT NULL,
      source TEXT NOT NULL,
      run INTEGER REFERENCES runs (number) ON DELETE SET NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (name, version),
      UNIQUE (name, hash),
      FOREIGN KEY (kind, hash) REFERENCES artifacts (kind, hash)
    ) STRICT;
    CREATE INDEX dataset_versions_by_hash ON dataset_versions (hash);
    CREATE INDEX dataset_versions_by_run ON dataset_versions (run);

    CREATE TABLE model_versions (
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL DEFAULT 'model' CHECK (kind = 'model'),
      hash TEXT NOT NULL,
      run INTEGER REFERENCES runs (number) ON DELETE SET NULL,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (name, version),
      UNIQUE (name, hash),
      FOREIGN KEY (kind, hash) REFERENCES artifacts (kind, hash)
    ) STRICT;
    CREATE INDEX model_versions_by_hash ON model_versions (hash);
    CREATE INDEX model_versions_by_run ON model_versions (run);

    CREATE TABLE deployments (
      name TEXT PRIMARY KEY,
      kind TEXT NOT NULL DEFAULT 'model' CHECK (kind = 'model'),
      hash TEXT NOT NULL,
      run INTEGER REFERENCES runs (number) ON DELETE SET NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      FOREIGN KEY (kind, hash) REFERENCES artifacts (kind, hash)
    ) STRICT;
    CREATE INDEX deployments_by_hash ON deployments (hash);
    CREATE INDEX deployments_by_run ON deployments (run);
  `,
}
