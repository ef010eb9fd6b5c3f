import type { Migration } from './migration.ts'

/** What every deployment served, and when; models that served before are written down as far as they are known. */
export const deploymentHistory: Migration = {
  version: 50,
  sql: `
    CREATE TABLE deployment_history (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      hash TEXT,
      model TEXT,
      how TEXT NOT NULL CHECK (how IN ('run', 'deployed', 'rolled back', 'removed')),
      run INTEGER REFERENCES runs (number) ON DELETE SET NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX deployment_history_by_name ON deployment_history (name, id);
    CREATE INDEX deployment_history_by_run ON deployment_history (run);
    INSERT INTO deployment_history (name, hash, model, how, run, at)
      SELECT d.name, d.hash, (SELECT m.name || '@' || m.version FROM model_versions m WHERE m.hash = d.hash ORDER BY m.name LIMIT 1), 'run', d.run, d.updated_at
      FROM deployments d ORDER BY d.updated_at;
  `,
}
