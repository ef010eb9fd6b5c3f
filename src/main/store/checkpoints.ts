import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checkpointFolder, checkpointsFolder } from './project-layout.ts'

/** Days after which nobody is expected to run again what was interrupted. */
const KEPT_DAYS = 14

/** Removes what a step with this cache key would go on from. */
export async function removeCheckpoints(projectFolder: string, cacheKey: string): Promise<void> {
  await rm(join(projectFolder, checkpointFolder(cacheKey)), { recursive: true, force: true })
}

/** Removes checkpoints that nobody came back to, or of steps that `isKnown` says no of; nothing else may be running. Returns the bytes that were freed. */
export async function sweepCheckpoints(projectFolder: string, now: number, isKnown: (cacheKey: string) => boolean = () => true): Promise<number> {
  let freed = 0
  for (const { cacheKey, bytes, at } of await listCheckpoints(projectFolder)) {
    if (isKnown(cacheKey) && now - at < KEPT_DAYS * 86_400_000) continue
    await removeCheckpoints(projectFolder, cacheKey)
    freed += bytes
  }
  return freed
}

/** Bytes of all checkpoints of a project. */
export async function checkpointBytes(projectFolder: string): Promise<number> {
  return (await listCheckpoints(projectFolder)).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Every step that has checkpoints: their bytes, and when it last wrote one, in milliseconds since 1970. */
async function listCheckpoints(projectFolder: string): Promise<readonly { readonly cacheKey: string; readonly bytes: number; readonly at: number }[]> {
  const folder = join(projectFolder, checkpointsFolder)
  const keys = await readdir(folder).catch(() => [])
  const all = await Promise.all(
    keys.map(async (cacheKey) => {
      try {
        const names = await readdir(join(folder, cacheKey))
        const [own, ...files] = await Promise.all([stat(join(folder, cacheKey)), ...names.map((name) => stat(join(folder, cacheKey, name)))])
        return [{ cacheKey, bytes: files.reduce((sum, { size }) => sum + size, 0), at: Math.max(own.mtimeMs, ...files.map(({ mtimeMs }) => mtimeMs)) }]
      } catch {
        return [] // it went, or cannot be looked at: then nobody knows that it is old
      }
    }),
  )
  return all.flat()
}
