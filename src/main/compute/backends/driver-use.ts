import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { isAlive, ownIdentity, uniqueToken } from '../../base/process-identity.ts'
import { settingsFolder } from '../../base/settings-folder.ts'
import type { BackendId } from '../backend.ts'

const markSchema = z.object({ process: z.object({ pid: z.number(), host: z.string(), started: z.string() }), at: z.number() })

type Mark = { readonly file: string; readonly state: ReturnType<typeof isAlive>; readonly own: boolean; readonly at: number }

function folderIn(settings: string): string {
  return join(settings, 'drivers-in-use')
}

/**
 * Leaves a note on disk that this process is about to use a native driver; what is returned takes it away. A note whose process is gone tells that the
 * process died meanwhile, which no code of ours can notice when a driver brings it down.
 */
export function markDriverUse(id: BackendId, settings: string = settingsFolder()): () => void {
  const file = join(folderIn(settings), `${id}.${uniqueToken()}.json`)
  try {
    mkdirSync(folderIn(settings), { recursive: true })
    writeFileSync(file, JSON.stringify({ process: ownIdentity(), at: Date.now() } satisfies z.infer<typeof markSchema>))
  } catch {
    return () => undefined // a folder that cannot be written to: the driver works all the same
  }
  return () => {
    rmSync(file, { force: true })
  }
}

function marksOf(id: BackendId | undefined, settings: string): readonly Mark[] {
  let names: readonly string[]
  try {
    names = readdirSync(folderIn(settings))
  } catch {
    return []
  }
  return names.filter((name) => name.endsWith('.json') && (id === undefined || name.startsWith(`${id}.`))).flatMap((name) => {
    const file = join(folderIn(settings), name)
    try {
      const { process: user, at } = markSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
      return [{ file, state: isAlive(user), own: user.pid === process.pid, at }]
    } catch {
      return [] // taken away meanwhile, or cut off by a power failure
    }
  })
}

/** When a process that used the driver last died without having finished; milliseconds since 1970, undefined where none did. */
export function lastDriverCrash(id: BackendId, settings: string = settingsFolder()): number | undefined {
  const times = marksOf(id, settings).filter(({ state }) => state === 'gone').map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/** Takes away what tells of crashes, so that the driver is tried again. */
export function forgetDriverCrashes(id: BackendId, settings: string = settingsFolder()): void {
  for (const { file, state } of marksOf(id, settings)) if (state === 'gone') rmSync(file, { force: true })
}

/** Takes away the notes of this process, whose threads were ended while they computed: that is no crash. */
export function forgetOwnDriverUses(settings: string = settingsFolder()): void {
  for (const { file, own, state } of marksOf(undefined, settings)) if (own && state === 'alive') rmSync(file, { force: true })
}

let watched = false

/** Takes the notes of this process away when it ends in order, whatever its threads did then; only a process that dies leaves them. */
export function forgetOwnDriverUsesAtExit(): void {
  if (watched) return
  watched = true
  process.once('exit', () => {
    forgetOwnDriverUses()
  })
}
