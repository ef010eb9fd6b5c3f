import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'

/** An immutable version of a named dataset. */
export type DatasetVersion = {
  readonly name: string
  /** 1, 2, 3 … in the order of registration. */
  readonly version: number
  /** Hash of the artifact. */
  readonly hash: string
  /** Where it came from, e.g. the path of the file. */
  readonly source: string
  /** The run that first made it; undefined when that run was deleted. */
  readonly run: string | undefined
  readonly createdAt: number
}

type Row = { name: string; version: number; hash: string; source: string; run: number | null; created_at: number }

/** Named datasets and their versions. */
export type DatasetRepository = ReturnType<typeof createDatasetRepository>

/** Named datasets and their versions; statements are prepared once. */
export function createDatasetRepository(database: Database) {
  const byHash = database.prepare<[string, string], Row>('SELECT * FROM dataset_versions WHERE name = ? AND hash = ?')
  const insert = database.prepare<[string, string, string, string, number, number], Row>(
    `INSERT INTO dataset_versions (name, version, hash, source, run, created_at)
     VALUES (?, (SELECT coalesce(max(version), 0) + 1 FROM dataset_versions WHERE name = ?), ?, ?, ?, ?) RETURNING *`,
  )
  const newest = database.prepare<[string], Row>('SELECT * FROM dataset_versions WHERE name = ? ORDER BY version DESC LIMIT 1')
  const one = database.prepare<[string, number], Row>('SELECT * FROM dataset_versions WHERE name = ? AND version = ?')
  const all = database.prepare<[], Row>('SELECT * FROM dataset_versions ORDER BY name, version DESC')
  const ofHash = database.prepare<[string], Row>('SELECT * FROM dataset_versions WHERE hash = ? ORDER BY name')
  const removeHash = database.prepare<[string]>('DELETE FROM dataset_versions WHERE hash = ?')
  return {
    /** Registers a version; content that the name already has keeps its number. */
    register(version: { name: string; hash: string; source: string; run: number; at: number }): DatasetVersion {
      const row =
        byHash.get(version.name, version.hash) ??
        insert.get(version.name, version.name, version.hash, version.source, version.run, version.at)
      if (row === undefined) throw new Error('SQLite returned no row for an insert')
      return versionOf(row)
    },
    /** A version, the newest if not said. */
    get(name: string, version?: number): DatasetVersion | undefined {
      const row = version === undefined ? newest.get(name) : one.get(name, version)
      return row === undefined ? undefined : versionOf(row)
    },
    /** All versions by name, newest first. */
    list: (): DatasetVersion[] => all.all().map(versionOf),
    ofHash: (hash: string): DatasetVersion[] => ofHash.all(hash).map(versionOf),
    removeHash(hash: string): void {
      removeHash.run(hash)
    },
  }
}

function versionOf(row: Row): DatasetVersion {
  return {
    name: row.name,
    version: row.version,
    hash: row.hash,
    source: row.source,
    run: row.run === null ? undefined : formatRunId(row.run),
    createdAt: row.created_at,
  }
}
