import { existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, isAbsolute, join, parse, resolve } from 'node:path'
import type { CheckedInput, MethodOutput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../../base/abort.ts'
import { createWorkerPool } from '../../workers/pool.ts'
import type { ListFolderInput, ListFolderOutput } from './list-folder-job.ts'

type Place = MethodOutput<'files.list'>['places'][number]

/** Lists folders of this machine; its thread is kept for the next one. */
export type FolderDesk = {
  /** Entries of a folder (null: the home folder) and places to start from; `own` are folders of Millrace itself. */
  list(request: CheckedInput<'files.list'>, own: readonly string[]): Promise<MethodOutput<'files.list'>>
  close(): Promise<void>
}

/** A desk whose thread starts with its first question. */
export function createFolderDesk(): FolderDesk {
  const pool = createWorkerPool({ size: 1 })
  return {
    async list({ folder, show }, own) {
      if (folder !== null && !isAbsolute(folder)) {
        throw new MillraceError({ code: 'invalid-parameter', headline: 'The path of a folder begins at the root of a disk', message: `"${folder}" does not.`, nextStep: 'Write the whole path, or start from one of the places.', details: { file: folder } })
      }
      const listed = await pool.run<ListFolderInput, ListFolderOutput>(
        workerUrl('./list-folder-job.ts', import.meta.url),
        { folder: folder === null ? homedir() : resolve(folder), show },
        { label: 'the list of a folder', signal: createAbortFlag() },
      )
      return { ...listed, places: await placesToStart(own) }
    },
    close: () => pool.close(),
  }
}

async function placesToStart(own: readonly string[]): Promise<Place[]> {
  const home = homedir()
  const known: Place[] = [
    { name: 'Home', path: home },
    ...['Desktop', 'Documents', 'Downloads'].map((name) => ({ name, path: join(home, name) })),
    ...own.map((path) => ({ name: basename(path), path })),
    ...disks(),
  ]
  const there = await Promise.all(known.map(({ path }) => access(path).then(() => true, () => false)))
  const seen = new Set<string>()
  return known.filter(({ path }, at) => there[at] === true && !seen.has(path) && seen.add(path).size > 0)
}

function disks(): Place[] {
  if (process.platform !== 'win32') return [{ name: 'Computer', path: '/' }]
  const system = parse(homedir()).root
  const others = 'CDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `${letter}:\\`).filter((root) => root !== system && existsSync(root))
  return [system, ...others].map((path) => ({ name: path.slice(0, 2), path }))
}
