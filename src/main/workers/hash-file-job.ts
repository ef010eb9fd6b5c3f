import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { fingerprintOf, sameFingerprint, type Fingerprint } from '../store/source-repository.ts'
import { MillraceError } from '#shared/errors.ts'
import type { JobContext } from './job.ts'

/** A file to hash; absolute path. */
export type HashFileInput = { readonly path: string }

/** The hash and the fingerprint that the file had before and after its reading. */
export type HashFileOutput = { readonly sha256: string; readonly fingerprint: Fingerprint; readonly hashedFrom: number }

/** Hashes a file of any size in this worker; refuses one that changes meanwhile. */
export default async function hashFile({ path }: HashFileInput, job: JobContext): Promise<HashFileOutput> {
  const hashedFrom = Date.now()
  const before = fingerprintOf(path)
  const hash = createHash('sha256')
  let done = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    job.signal.throwIfAborted()
    hash.update(chunk as Uint8Array)
    done += (chunk as Uint8Array).length
    job.progress(done / Math.max(1, before?.size ?? 1), 'reading the file for changes')
  }
  const after = fingerprintOf(path)
  if (before === undefined || after === undefined || !sameFingerprint(before, after)) {
    throw new MillraceError({
      code: 'io',
      headline: 'A file changed while it was read',
      message: `${path} was written by another program meanwhile.`,
      nextStep: 'Wait until it is complete, then run it again.',
      retryable: true,
      details: { file: path },
    })
  }
  return { sha256: hash.digest('hex'), fingerprint: before, hashedFrom }
}
