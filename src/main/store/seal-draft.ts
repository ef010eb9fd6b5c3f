import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { artifactMetaSchemas, type ArtifactKind, type ArtifactMeta, type Draft } from '#shared/domain/artifact.ts'
import { syncDirectory } from '../base/atomic-file.ts'
import { canonicalJson, sha256, sha256File } from '../base/hash.ts'

/** One file of an artifact. */
export const sealedFileSchema = z.object({ name: z.string(), bytes: z.int().nonnegative(), sha256: z.string() })

/** One file of an artifact. */
export type SealedFile = z.infer<typeof sealedFileSchema>

/** A draft whose files are on the disk and hashed; plain data, crosses threads. */
export type SealedDraft = {
  readonly kind: ArtifactKind
  readonly hash: string
  /** Absolute temporary folder; the store moves it to its place. */
  readonly path: string
  readonly bytes: number
  readonly files: readonly SealedFile[]
  readonly meta: ArtifactMeta
}

/** Holds what the artifact's record says, so that the folder speaks for itself and equal files with another schema are another artifact. */
const metaFile = 'meta.json'

/**
 * Makes a draft immutable: writes its meta data beside its files, flushes all to the disk and hashes them as streams.
 * The hash is SHA-256 over the sorted lines "name, SHA-256 of the content". Call it in a worker: it reads every byte.
 */
export async function sealDraft(draft: Draft, throwIfAborted: () => void = () => undefined): Promise<SealedDraft> {
  const meta = artifactMetaSchemas[draft.kind].parse(draft.meta)
  const handle = await open(join(draft.path, metaFile), 'wx')
  try {
    await handle.writeFile(`${canonicalJson({ kind: draft.kind, meta })}\n`)
  } finally {
    await handle.close()
  }
  const files: SealedFile[] = []
  for (const entry of (await readdir(draft.path, { withFileTypes: true })).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile()) throw new Error(`Artifacts hold plain files only; "${entry.name}" is none`)
    throwIfAborted()
    files.push(await sealFile(draft.path, entry.name, throwIfAborted))
  }
  await syncDirectory(draft.path)
  const hash = sha256(files.map((file) => `${file.name}\0${file.sha256}\n`).join(''))
  return { kind: draft.kind, hash, path: draft.path, bytes: files.reduce((sum, file) => sum + file.bytes, 0), files, meta }
}

async function sealFile(folder: string, name: string, throwIfAborted: () => void): Promise<SealedFile> {
  const path = join(folder, name)
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  let bytes = 0
  const hash = await sha256File(path, (count) => {
    throwIfAborted()
    bytes += count
  })
  return { name, bytes, sha256: hash }
}
