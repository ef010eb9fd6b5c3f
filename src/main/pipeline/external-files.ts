import { existsSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { fingerprintOf, sameFingerprint, type Fingerprint } from '../store/source-repository.ts'
import type { Project } from '../store/project.ts'
import type { HashFileInput, HashFileOutput } from '../workers/hash-file-job.ts'
import type { WorkerPool } from '../workers/pool.ts'

/** Files outside the project that a step reads. */
export type ExternalFiles = {
  /** SHA-256 by the path as the pipeline names it. */
  readonly hashes: Readonly<Record<string, string>>
  readonly bytes: number
  /** Throws where one of them changed since it was hashed, or another came. */
  verify(): Promise<void>
}

/** Hashes the external files of a step in a worker; those with a known fingerprint are not read again. */
export async function hashExternalFiles(
  paths: readonly string[],
  where: { readonly step: string; readonly baseFolder: string; readonly readsFolders: boolean; readonly project: Project; readonly pool: WorkerPool; readonly signal: AbortFlag; onProgress(fraction: number, message: string): void },
): Promise<ExternalFiles> {
  const hashes: Record<string, string> = {}
  const seen: { path: string; fingerprint: Fingerprint }[] = []
  for (const { path, absolute } of await filesOf(paths, where)) {
    const fingerprint = existing(absolute, path, where.step)
    const known = where.project.sources.get(absolute, fingerprint)
    if (known !== undefined) {
      hashes[path] = known
      seen.push({ path: absolute, fingerprint })
      continue
    }
    const made = await where.pool.run<HashFileInput, HashFileOutput>(
      workerUrl('../workers/hash-file-job.ts', import.meta.url),
      { path: absolute },
      { label: `step ${where.step}`, signal: where.signal, onProgress: where.onProgress },
    )
    where.project.sources.set(absolute, made.fingerprint, made.sha256, made.hashedFrom)
    hashes[path] = made.sha256
    seen.push({ path: absolute, fingerprint: made.fingerprint })
  }
  return {
    hashes,
    bytes: seen.reduce((sum, one) => sum + one.fingerprint.size, 0),
    async verify() {
      const now = await filesOf(paths, where)
      const other = now.find(({ absolute }, index) => absolute !== seen[index]?.path) ?? (now.length < seen.length ? { absolute: seen[now.length]?.path ?? '' } : undefined)
      if (other !== undefined) throw changedMeanwhile(other.absolute)
      for (const { path, fingerprint } of seen) {
        const now = fingerprintOf(path)
        if (now === undefined || !sameFingerprint(now, fingerprint)) throw changedMeanwhile(path)
      }
    },
  }
}

/** Files that a step would read, as far as the record knows them; nothing is read. */
export type KnownFiles = {
  /** Undefined where one of them was written since it was last read, or never read. */
  readonly hashes: Readonly<Record<string, string>> | undefined
  readonly bytes: number
  /** Those that were written since, or never read, as the pipeline names them. */
  readonly unread: readonly string[]
}

/** Looks up what is remembered of a step's external files; throws where one is not there. */
export async function rememberedFiles(paths: readonly string[], where: { readonly step: string; readonly baseFolder: string; readonly readsFolders: boolean; readonly project: Project }): Promise<KnownFiles> {
  const hashes: Record<string, string> = {}
  const unread: string[] = []
  let bytes = 0
  for (const { path, absolute } of await filesOf(paths, where)) {
    const fingerprint = existing(absolute, path, where.step)
    const known = where.project.sources.get(absolute, fingerprint)
    bytes += fingerprint.size
    if (known === undefined) unread.push(path)
    else hashes[path] = known
  }
  return { hashes: unread.length === 0 ? hashes : undefined, bytes, unread }
}

type NamedFile = { readonly path: string; readonly absolute: string }

/** Files by the names that the step gives them; those of folders and patterns by their paths from the pipeline's folder. */
async function filesOf(paths: readonly string[], { baseFolder, readsFolders }: { readonly baseFolder: string; readonly readsFolders: boolean }): Promise<NamedFile[]> {
  const files: NamedFile[] = []
  for (const path of paths) {
    const absolute = resolve(baseFolder, path)
    if (statSync(absolute, { throwIfNoEntry: false })?.isFile() === true) {
      files.push({ path, absolute })
      // What SQLite has not yet moved into a database is part of it.
      if (existsSync(`${absolute}-wal`)) files.push({ path: `${path}-wal`, absolute: `${absolute}-wal` })
      continue
    }
    if (!readsFolders) {
      files.push({ path, absolute })
      continue
    }
    const { isOneFile, listFiles } = await import('../data/sources/files/list-files.ts')
    if (isOneFile(absolute)) files.push({ path, absolute })
    else files.push(...listFiles(absolute).files.map((file) => ({ path: relative(baseFolder, file).split(sep).join('/'), absolute: file })))
  }
  return files
}

function existing(absolute: string, path: string, step: string): Fingerprint {
  const found = fingerprintOf(absolute)
  if (found?.isFile === true) return found
  const isThere = found !== undefined
  throw new MillraceError({
    code: isThere ? 'invalid-data' : 'not-found',
    headline: isThere ? 'A step reads a folder where it needs a file' : 'A file that a step reads does not exist',
    message: `Step ${step} reads "${path}", which is ${absolute}: ${isThere ? 'this is not a file' : 'there is no such file'}.`,
    nextStep: 'Correct the path in the pipeline file; paths are relative to it.',
    details: { file: absolute, step, value: path },
  })
}

function changedMeanwhile(path: string): MillraceError {
  return new MillraceError({
    code: 'io',
    headline: 'A file changed while a step read it',
    message: `${path} was written by another program meanwhile, so the step's result was thrown away.`,
    nextStep: 'Wait until the file is complete, then run it again.',
    retryable: true,
    details: { file: path },
  })
}
