import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'

/** A version of a named model. */
export type ModelVersion = {
  readonly name: string
  /** 1, 2, 3 … in the order of registration. */
  readonly version: number
  /** Hash of the artifact. */
  readonly hash: string
  /** The run that first made it; undefined when that run was deleted. */
  readonly run: string | undefined
  readonly createdAt: number
}

type Row = { name: string; version: number; hash: string; run: number | null; created_at: number }

/** Named models and their versions. */
export type ModelRepository = ReturnType<typeof createModelRepository>

/** Named models and their versions; statements are prepared once. */
export function createModelRepository(database: Database) {
  const byHash = database.prepare<[string, string], Row>('SELECT * FROM model_versions WHERE name = ? AND hash = ?')
  const insert = database.prepare<[string, string, string, number, number], Row>(
    `INSERT INTO model_versions (name, version, hash, run, created_at)
     VALUES (?, (SELECT coalesce(max(version), 0) + 1 FROM model_versions WHERE name = ?), ?, ?, ?) RETURNING *`,
  )
  const newest = database.prepare<[string], Row>('SELECT * FROM model_versions WHERE name = ? ORDER BY version DESC LIMIT 1')
  const one = database.prepare<[string, number], Row>('SELECT * FROM model_versions WHERE name = ? AND version = ?')
  const all = database.prepare<[], Row>('SELECT * FROM model_versions ORDER BY name, version DESC')
  const ofHash = database.prepare<[string], Row>('SELECT * FROM model_versions WHERE hash = ? ORDER BY name')
  const removeHash = database.prepare<[string]>('DELETE FROM model_versions WHERE hash = ?')
  return {
    /** Registers a version; a model that the name already has keeps its number. */
    register(version: { name: string; hash: string; run: number; at: number }): ModelVersion {
      const row =
        byHash.get(version.name, version.hash) ?? insert.get(version.name, version.name, version.hash, version.run, version.at)
      if (row === undefined) throw new Error('SQLite returned no row for an insert')
      return versionOf(row)
    },
    /** A version, the newest if not said. */
    get(name: string, version?: number): ModelVersion | undefined {
      const row = version === undefined ? newest.get(name) : one.get(name, version)
      return row === undefined ? undefined : versionOf(row)
    },
    /** All versions by name, newest first. */
    list: (): ModelVersion[] => all.all().map(versionOf),
    ofHash: (hash: string): ModelVersion[] => ofHash.all(hash).map(versionOf),
    removeHash(hash: string): void {
      removeHash.run(hash)
    },
  }
}

function versionOf(row: Row): ModelVersion {
  return {
    name: row.name,
    version: row.version,
    hash: row.hash,
    run: row.run === null ? undefined : formatRunId(row.run),
    createdAt: row.created_at,
  }
}
