import { sha256File } from '../base/hash.ts'
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
  let done = 0
  const sha256 = await sha256File(path, (bytes) => {
    job.signal.throwIfAborted()
    done += bytes
    job.progress(done / Math.max(1, before?.size ?? 1), 'reading the file for changes')
  }).catch((error: unknown) => {
    // Found a moment ago, gone now.
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? changed(path) : error
  })
  const after = fingerprintOf(path)
  if (before === undefined || after === undefined || !sameFingerprint(before, after)) throw changed(path)
  return { sha256, fingerprint: before, hashedFrom }
}

function changed(path: string): MillraceError {
  return new MillraceError({
    code: 'io',
    headline: 'A file changed while it was read',
    message: `${path} was written, moved or removed by another program meanwhile.`,
    nextStep: 'Wait until it is complete, then run it again.',
    retryable: true,
    details: { file: path },
  })
}
