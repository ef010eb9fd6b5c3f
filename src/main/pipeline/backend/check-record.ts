import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { makeFolders } from '../../base/make-folders.ts'
import { settingsFolder } from '../../base/settings-folder.ts'
import { backendIds, type BackendId } from '../../compute/backend.ts'
import { backendCheckSchema, type BackendCheck } from './check.ts'

const recordSchema = z.partialRecord(z.enum(backendIds), z.object({ fingerprint: z.string(), check: backendCheckSchema }))

/** What the self-tests found on this machine, kept so that a run has not to try again. */
export type CheckRecord = {
  /** The result that was found with the same fingerprint. */
  find(id: BackendId, fingerprint: string): Promise<BackendCheck | undefined>
  keep(id: BackendId, fingerprint: string, check: BackendCheck): Promise<void>
}

/** The record in the user's settings folder; where that cannot be read or written, every time is the first. */
export function createCheckRecord(folder: string = settingsFolder()): CheckRecord {
  const file = join(folder, 'devices.json')
  const read = async (): Promise<z.infer<typeof recordSchema>> => {
    try {
      return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    } catch {
      return {}
    }
  }
  return {
    async find(id, fingerprint) {
      const { [id]: kept } = await read()
      return kept?.fingerprint === fingerprint ? kept.check : undefined
    },
    async keep(id, fingerprint, check) {
      try {
        await makeFolders(folder)
        await writeFileAtomic(file, `${JSON.stringify({ ...(await read()), [id]: { fingerprint, check } }, undefined, 2)}\n`)
      } catch {
        // It is tried again next time.
      }
    },
  }
}
