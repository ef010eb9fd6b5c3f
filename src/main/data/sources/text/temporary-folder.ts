import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'

/** A file that `write` makes in the engine's temporary folder; nothing is left of it where that fails. */
export async function writeTemporary<T>(engine: DataEngine, source: string, write: (path: string) => Promise<T>): Promise<{ readonly path: string; readonly result: T }> {
  const [setting] = await engine.rows(`SELECT current_setting('temp_directory') AS folder`, z.object({ folder: z.string() }))
  const folder = setting?.folder ?? ''
  const path = join(folder, `text-${randomUUID()}.csv`)
  try {
    await mkdir(folder, { recursive: true })
    return { path, result: await write(path) }
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw explained(error, source, folder)
  }
}

function explained(error: unknown, source: string, folder: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (error instanceof MillraceError || syscall === undefined) return error
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  return new MillraceError(
    {
      code: full ? 'disk-full' : 'io',
      headline: full ? 'The disk is full' : 'The temporary folder cannot be used',
      message: `${source} is read through a copy in UTF-8, which could not be written to ${folder} (${code ?? 'unknown reason'}).`,
      nextStep: full
        ? 'Free some space on that disk, or save the file in UTF-8, which needs no copy.'
        : 'Check that you may write to that folder, or set the environment variable TMPDIR to another one.',
      details: { file: source, folder },
      retryable: true,
    },
    error,
  )
}
