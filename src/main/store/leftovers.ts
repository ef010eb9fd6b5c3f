import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sweepCheckpoints } from './checkpoints.ts'
import { temporaryFolder } from './project-layout.ts'
import { formatRunId } from './run-id.ts'
import type { RunLock } from './run-lock.ts'

/** Removes the temporary files of runs whose process is gone, and checkpoints that nobody came back to; what belongs to a run that goes on now stays. */
export async function removeLeftovers(project: { readonly path: string; readonly lock: Pick<RunLock, 'holder'> }, now: number): Promise<void> {
  const folder = join(project.path, temporaryFolder)
  // Listed before the lock is read: a run that takes the lock in between is not in the list.
  const names = await readdir(folder).catch(() => [])
  const holder = project.lock.holder()
  if (holder?.alive !== true) await sweepCheckpoints(project.path, now)
  if (holder?.alive === true && holder.run === undefined) return
  const live = holder?.alive === true && holder.run !== undefined ? formatRunId(holder.run) : undefined
  for (const name of names) {
    if (name !== live) await rm(join(folder, name), { recursive: true, force: true })
  }
}
