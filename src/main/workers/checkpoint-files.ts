import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { sha256 } from '../base/hash.ts'
import type { Log } from '../base/log.ts'
import { readVersion } from '../base/version.ts'
import type { Checkpoints } from '../learn/checkpoints.ts'

/** Where a step's checkpoints lie, how often they are due, and what is told of them. */
export type CheckpointPlace = {
  /** Made at the first checkpoint, inside a folder of a folder that is there. */
  readonly folder: string
  readonly secondsBetween: number
  /** Milliseconds of a clock that never goes back. */
  now(): number
  readonly log: Log
}

const FORMAT = 1
/** A first line is no longer than this. */
const LONGEST_HEAD = 256

/**
 * Checkpoints as files: a line with format, version of Millrace and SHA-256, then the bytes, written aside and renamed. One that is cut short, damaged or of another
 * version is told in the log and taken for none. A disk that refuses is told once: the work goes on without.
 */
export function checkpointFiles(place: CheckpointPlace): Checkpoints {
  let last = place.now()
  let [made, refused] = [false, false]
  const head = (bytes: Uint8Array): string => `millrace-checkpoint ${String(FORMAT)} ${readVersion()} ${sha256(bytes)}`
  const pathOf = (name: string): string => join(place.folder, `${sha256(name).slice(0, 32)}.checkpoint`)
  const under = (prefix: string): Checkpoints => ({
    due: (share = 1) => place.now() - last >= 1000 * share * place.secondsBetween,
    async load(name) {
      const found = await readWhole(pathOf(prefix + name))
      if (found === undefined) return undefined
      const end = found.subarray(0, LONGEST_HEAD).indexOf(10)
      const bytes = found.subarray(end + 1)
      if (end > 0 && new TextDecoder().decode(found.subarray(0, end)) === head(bytes)) return bytes
      place.log.warn(`The checkpoint of ${name} is damaged or of another version of Millrace, and is ignored`)
      return undefined
    },
    async save(name, bytes) {
      last = place.now()
      try {
        if (!made) await makeFolder(place.folder)
        made = true
        await writeFileAtomic(pathOf(prefix + name), Buffer.concat([Buffer.from(`${head(bytes)}\n`), bytes]))
      } catch (error) {
        if (!refused) place.log.warn(`No checkpoint can be written, so that an interruption would cost all of the training: ${error instanceof Error ? error.message : String(error)}`)
        refused = true
      }
      last = place.now()
    },
    fork: (name) => under(`${prefix}${name}/`),
  })
  return under('')
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch {
    return undefined // none was written, or it cannot be read: then there is none to go on from
  }
}

/** Not with all folders above it: where the project was moved away, none shall stand in its place. */
async function makeFolder(folder: string): Promise<void> {
  for (const path of [dirname(folder), folder]) {
    try {
      await mkdir(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  // A crash in the middle of writing leaves a part under a name of its own.
  for (const name of await readdir(folder)) if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true })
}
