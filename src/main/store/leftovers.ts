import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from './project-layout.ts'
import { formatRunId } from './run-id.ts'
import type { RunLock } from './run-lock.ts'

/** Removes the temporary files of runs whose process is gone; those of the run that goes on now stay. */
export async function removeLeftovers(project: { readonly path: string; readonly lock: Pick<RunLock, 'holder'> }): Promise<void> {
  const folder = join(project.path, temporaryFolder)
  // Listed before the lock is read: a run that takes the lock in between is not in the list.
  const names = await readdir(folder).catch(() => [])
  if (names.length === 0) return
  const holder = project.lock.holder()
  if (holder?.alive === true && holder.run === undefined) return
  const live = holder?.alive === true && holder.run !== undefined ? formatRunId(holder.run) : undefined
  for (const name of names) {
    if (name !== live) await rm(join(folder, name), { recursive: true, force: true })
  }
}
