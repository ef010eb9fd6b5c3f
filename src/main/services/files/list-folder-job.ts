import { opendir, realpath, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { CheckedInput, MethodOutput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { dataExtensions } from '../../data/sources/data-extensions.ts'
import { databaseFile } from '../../store/project-layout.ts'
import type { Job } from '../../workers/job.ts'

type Show = CheckedInput<'files.list'>['show']
type Entry = MethodOutput<'files.list'>['entries'][number]

/** Which folder to list; absolute. */
export type ListFolderInput = { readonly folder: string; readonly show: Show }

/** Its entries, folders first, each group by name. */
export type ListFolderOutput = Pick<MethodOutput<'files.list'>, 'folder' | 'parent' | 'entries' | 'leftOut'>

const mostEntries = 2000

/** How many entries are looked at at a time: network folders answer slowly, and many at once. */
const atOnce = 32

const wanted: Readonly<Record<Show, (extension: string) => boolean>> = {
  data: (extension) => dataExtensions.has(extension),
  pipeline: (extension) => extension === '.yaml' || extension === '.yml',
  folder: () => false,
  any: () => true,
}

/** Lists a folder of any size away from the host's thread. */
const listFolder: Job<ListFolderInput, ListFolderOutput> = async ({ folder, show }, { signal }) => {
  try {
    const path = await realpath(folder)
    const found: { readonly name: string; readonly mayBeFolder: boolean }[] = []
    for await (const entry of await opendir(path, { bufferSize: 256 })) {
      signal.throwIfAborted()
      if (entry.name.startsWith('.')) continue
      // Only a look at what a link leads to says what it is.
      const mayBeFolder = entry.isDirectory() || entry.isSymbolicLink()
      if (mayBeFolder || (entry.isFile() && wanted[show](extname(entry.name).toLowerCase()))) found.push({ name: entry.name, mayBeFolder })
    }
    const order = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
    found.sort((a, b) => Number(b.mayBeFolder) - Number(a.mayBeFolder) || order.compare(a.name, b.name))
    const entries = (await lookAt(found.slice(0, mostEntries).map(({ name }) => join(path, name)))).filter(
      (entry) => entry.kind === 'folder' || wanted[show](extname(entry.name).toLowerCase()),
    )
    entries.sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || order.compare(a.name, b.name))
    const parent = dirname(path)
    return { folder: path, parent: parent === path ? null : parent, entries, leftOut: Math.max(0, found.length - mostEntries) }
  } catch (error) {
    throw folderProblem(error, folder)
  }
}

async function lookAt(paths: readonly string[]): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let first = 0; first < paths.length; first += atOnce) {
    const looked = await Promise.all(paths.slice(first, first + atOnce).map(entryAt))
    entries.push(...looked.filter((entry) => entry !== undefined))
  }
  return entries
}

/** What lies there; undefined for links that lead nowhere, sockets, and what vanished meanwhile. */
async function entryAt(path: string): Promise<Entry | undefined> {
  const about = await stat(path).catch(() => undefined)
  if (about === undefined || !(about.isDirectory() || about.isFile())) return undefined
  const isFolder = about.isDirectory()
  const project = isFolder && (await stat(join(path, databaseFile)).catch(() => undefined))?.isFile() === true
  return { name: path.slice(dirname(path).length).replace(/^[/\\]/, ''), path, kind: isFolder ? 'folder' : 'file', bytes: isFolder ? 0 : about.size, modifiedAt: about.mtimeMs, project }
}

function folderProblem(thrown: unknown, folder: string): unknown {
  const { code } = thrown as NodeJS.ErrnoException
  const details = { file: folder }
  if (code === 'ENOENT') return new MillraceError({ code: 'not-found', headline: 'There is no such folder', message: `${folder} does not exist, or a part of its path is no folder.`, nextStep: 'Look at the path, or start from one of the places.', details }, thrown)
  if (code === 'ENOTDIR') return new MillraceError({ code: 'not-found', headline: 'This is no folder', message: `${folder} is a file.`, nextStep: 'Choose the folder that it lies in.', details }, thrown)
  if (code === 'EACCES' || code === 'EPERM') return new MillraceError({ code: 'io', headline: 'The folder may not be looked at', message: `${folder} does not allow it.`, nextStep: 'Give yourself read access to it, or choose another folder.', details }, thrown)
  return thrown
}

export default listFolder
