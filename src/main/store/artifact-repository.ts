import { join } from 'node:path'
import { z } from 'zod'
import { artifactMetaSchemas, type Artifact, type ArtifactKind } from '#shared/domain/artifact.ts'
import type { Database } from './database.ts'
import { artifactFolder } from './project-layout.ts'
import { sealedFileSchema, type SealedDraft, type SealedFile } from './seal-draft.ts'

/** An artifact in the database, with the files that make it up. */
export type ArtifactRecord = Artifact & { readonly files: readonly SealedFile[] }

type Row = { kind: ArtifactKind; hash: string; bytes: number; files: string; meta: string }
type Ref = { kind: ArtifactKind; hash: string; bytes: number }

/** Artifacts that are whole on disk. */
export type ArtifactRepository = ReturnType<typeof createArtifactRepository>

/** Artifacts that are whole on disk; statements are prepared once. */
export function createArtifactRepository(database: Database, projectFolder: string) {
  const insert = database.prepare<[string, string, number, string, string, number]>(
    'INSERT INTO artifacts (kind, hash, bytes, files, meta, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const byHash = database.prepare<[string, string], Row>('SELECT * FROM artifacts WHERE kind = ? AND hash = ?')
  const known = database.prepare<[string, string], { found: number }>('SELECT EXISTS (SELECT 1 FROM artifacts WHERE kind = ? AND hash = ?) AS found')
  const remove = database.prepare<[string, string]>('DELETE FROM artifacts WHERE kind = ? AND hash = ?')
  const unused = database.prepare<[], Ref>(
    `SELECT kind, hash, bytes FROM artifacts AS a WHERE
       NOT EXISTS (SELECT 1 FROM step_outputs o WHERE o.kind = a.kind AND o.hash = a.hash)
       AND NOT EXISTS (SELECT 1 FROM dataset_versions d WHERE a.kind = 'dataset' AND d.hash = a.hash)
       AND NOT EXISTS (SELECT 1 FROM model_versions m WHERE a.kind = 'model' AND m.hash = a.hash)
       AND NOT EXISTS (SELECT 1 FROM deployments p WHERE a.kind = 'model' AND p.hash = a.hash)`,
  )
  const total = database.prepare<[], { bytes: number }>('SELECT coalesce(sum(bytes), 0) AS bytes FROM artifacts')
  const byKind = database.prepare<[], { kind: ArtifactKind; bytes: number }>('SELECT kind, sum(bytes) AS bytes FROM artifacts GROUP BY kind')
  const get = (kind: ArtifactKind, hash: string): ArtifactRecord | undefined => {
    const row = byHash.get(kind, hash)
    if (row === undefined) return undefined
    return {
      kind,
      hash,
      path: join(projectFolder, artifactFolder(kind, hash)),
      bytes: row.bytes,
      meta: artifactMetaSchemas[kind].parse(JSON.parse(row.meta)),
      files: z.array(sealedFileSchema).parse(JSON.parse(row.files)),
    }
  }
  return {
    /** Registers a sealed draft that lies in its place; one that is registered stays as it is. */
    add(sealed: SealedDraft, at: number): void {
      insert.run(sealed.kind, sealed.hash, sealed.bytes, JSON.stringify(sealed.files), JSON.stringify(sealed.meta), at)
    },
    get,
    has: (kind: ArtifactKind, hash: string): boolean => known.get(kind, hash)?.found === 1,
    /** The artifact, which must be there: a reference to it is in the database. */
    require(kind: ArtifactKind, hash: string): ArtifactRecord {
      const record = get(kind, hash)
      if (record === undefined) throw new Error(`No artifact ${kind}/${hash}`)
      return record
    },
    /** Removes the row; fails while something refers to it. */
    remove(kind: ArtifactKind, hash: string): void {
      remove.run(kind, hash)
    },
    /** Artifacts that no run, dataset, model or deployment refers to. */
    unused: (): Ref[] => unused.all(),
    /** Bytes of the artifacts of each kind that there is. */
    bytesByKind: (): readonly { readonly kind: ArtifactKind; readonly bytes: number }[] => byKind.all(),
    /** Bytes of all artifacts. */
    totalBytes: (): number => total.get()?.bytes ?? 0,
  }
}
