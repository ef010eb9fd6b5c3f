import { createWriteStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog, type Log } from '../../base/log.ts'
import { makeFolders } from '../../base/make-folders.ts'

/** The log starts anew at this size; one older file is kept. */
const mostBytes = 5e6

/** A log in `folder`, for a window that no terminal looks at; warnings and errors also go to standard error. */
export async function openLogFile(folder: string, now: () => number = Date.now): Promise<Log> {
  await makeFolders(folder)
  const file = join(folder, 'millrace.log')
  const size = (await stat(file).catch(() => undefined))?.size ?? 0
  if (size > mostBytes) await rename(file, join(folder, 'millrace.old.log'))
  const stream = createWriteStream(file, { flags: 'a' })
  // A full disk must not end the application over its log.
  stream.on('error', () => undefined)
  return createLog(now, ({ at, level, message }) => {
    const line = `${new Date(at).toISOString()} ${level} ${message}\n`
    stream.write(line)
    if (level === 'warn' || level === 'error') process.stderr.write(line)
  })
}
