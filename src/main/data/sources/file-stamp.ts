import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'

/**
 * What changes when a file changes: size, times and place on the disk, to the nanosecond; of a folder, that of every file
 * in it. Empty where there is nothing.
 */
export async function fileStamp(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined)
  if (found === undefined) return ''
  if (!found.isDirectory()) return `${found.size} ${found.mtimeNs} ${found.ctimeNs} ${found.ino}`
  const names = (await readdir(path)).toSorted()
  const parts: string[] = []
  for (const name of names) parts.push(`${name}: ${await fileStamp(join(path, name))}`)
  return parts.join('\n')
}

/** Refuses a file or folder whose stamp is no longer `before`. */
export async function refuseChanged(path: string, before: string): Promise<void> {
  if ((await fileStamp(path)) === before) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'The file changed while it was read',
    message: `${path} was written to, replaced or removed by another program before all of it was read.`,
    nextStep: 'Wait until the other program has finished, then try again.',
    details: { file: path },
    retryable: true,
  })
}
