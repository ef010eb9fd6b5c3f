import { statSync } from 'node:fs'
import type { Database } from './database.ts'

/** What the file system says about a file; while it stays, the content is taken to be the same. */
export type Fingerprint = {
  readonly size: number
  /** Milliseconds since 1970-01-01 UTC of the last change of the content. */
  readonly modified: number
  /** Milliseconds of the last change of content or attributes; moves even where a copy restores `modified`. */
  readonly changed: number
  readonly inode: string
}

/**
 * A file changed this shortly before it was hashed may change again within one tick of the file system's clock,
 * unseen; such a hash is used but not remembered.
 */
const settledMilliseconds = 20

type Row = { path: string; size: number; modified: number; changed: number; inode: string; sha256: string }

/** Hashes of files outside the project. */
export type SourceRepository = ReturnType<typeof createSourceRepository>

/** Hashes of files outside the project, so that an unchanged file is not read again; statements are prepared once. */
export function createSourceRepository(database: Database) {
  const one = database.prepare<[string], Row>('SELECT * FROM sources WHERE path = ?')
  const upsert = database.prepare<[string, number, number, number, string, string]>(
    `INSERT INTO sources (path, size, modified, changed, inode, sha256) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified, changed = excluded.changed,
       inode = excluded.inode, sha256 = excluded.sha256`,
  )
  return {
    /** The hash remembered for exactly this fingerprint. */
    get(path: string, fingerprint: Fingerprint): string | undefined {
      const row = one.get(path)
      return row !== undefined && sameFingerprint({ ...row }, fingerprint) ? row.sha256 : undefined
    },
    /** Remembers a hash. `hashedFrom`: when its reading began. */
    set(path: string, fingerprint: Fingerprint, sha256: string, hashedFrom: number): void {
      if (hashedFrom - Math.max(fingerprint.modified, fingerprint.changed) < settledMilliseconds) return
      upsert.run(path, fingerprint.size, fingerprint.modified, fingerprint.changed, fingerprint.inode, sha256)
    },
  }
}

/** The file's fingerprint; undefined where there is no such file. */
export function fingerprintOf(path: string): (Fingerprint & { readonly isFile: boolean }) | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  return { size: found.size, modified: found.mtimeMs, changed: found.ctimeMs, inode: String(found.ino), isFile: found.isFile() }
}

/** True where nothing says that the file changed. */
export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return a.size === b.size && a.modified === b.modified && a.changed === b.changed && a.inode === b.inode
}
