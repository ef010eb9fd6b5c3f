import type { Migration } from './migration.ts'

/** Runs, their steps and outputs, their log, and the lock that lets one run at a time write. */
export const runs: Migration = {
  version: 20,
  sql: `
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      pipeline TEXT NOT NULL,
      pipeline_file TEXT NOT NULL,
      seed INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('running', 'succeeded', 'failed', 'cancelled', 'interrupted')),
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      outcome TEXT NOT NULL DEFAULT '{}',
      error TEXT
    ) STRICT;
    CREATE INDEX runs_by_pipeline ON runs (pipeline, number);
    CREATE INDEX runs_unfinished ON runs (status) WHERE status = 'running';

    CREATE TABLE step_runs (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      step TEXT NOT NULL,
      position INTEGER NOT NULL,
      uses TEXT NOT NULL,
      status TEXT NOT NULL
        CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted', 'skipped')),
      params TEXT,
      key_parts TEXT,
      cache_key TEXT,
      hit INTEGER NOT NULL DEFAULT 0,
      reason TEXT NOT NULL DEFAULT '',
      changed TEXT NOT NULL DEFAULT '[]',
      produced_by INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      started_at INTEGER,
      seconds REAL NOT NULL DEFAULT 0,
      error TEXT,
      PRIMARY KEY (run, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX step_runs_by_key ON step_runs (cache_key, run) WHERE cache_key IS NOT NULL;

    CREATE TABLE step_outputs (
      run INTEGER NOT NULL,
      step TEXT NOT NULL,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      hash TEXT NOT NULL,
      PRIMARY KEY (run, step, name),
      FOREIGN KEY (run, step) REFERENCES step_runs (run, step) ON DELETE CASCADE,
      FOREIGN KEY (kind, hash) REFERENCES artifacts (kind, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX step_outputs_by_artifact ON step_outputs (kind, hash);

    CREATE TABLE run_log (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      step TEXT,
      at INTEGER NOT NULL,
      level TEXT NOT NULL,
      message TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_log_by_run ON run_log (run, id);

    CREATE TABLE run_lock (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      token TEXT NOT NULL,
      run INTEGER,
      pid INTEGER NOT NULL,
      host TEXT NOT NULL,
      process_started TEXT NOT NULL,
      heartbeat_at INTEGER NOT NULL
    ) STRICT;
  `,
}
