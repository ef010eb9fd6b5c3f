import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { temporaryName, writeFileAtomic } from '../base/atomic-file.ts'
import type { Job } from '../workers/job.ts'
import { zipFiles, type ZipEntry } from './zip-writer.ts'

/** A model to take away. Paths are absolute. */
export type ExportJobInput = {
  /** Folder of the model's artifact. */
  readonly model: string
  /** Files that go along, by name. */
  readonly further: Readonly<Record<string, string>>
  readonly output: string
  readonly as: 'bundle' | 'zip'
}

/** What was written. */
export type ExportJobOutput = { readonly output: string; readonly bytes: number }

/** The artifact's own record is none of the bundle. */
const LEFT_OUT = 'meta.json'

function occupied(output: string): MillraceError {
  return new MillraceError({ code: 'already-exists', headline: 'There is something in this place already', message: `${output} exists and is not an empty folder. Nothing was written.`, nextStep: 'Choose another name, or remove it first.', details: { file: output } })
}

async function checkPlace(output: string, as: ExportJobInput['as']): Promise<void> {
  const folder = await stat(dirname(output)).catch(() => undefined)
  if (folder?.isDirectory() !== true) {
    throw new MillraceError({ code: 'io', headline: 'The output folder does not exist', message: `There is no folder ${dirname(output)} for ${output}.`, nextStep: 'Create the folder, or choose another place.', details: { file: output } })
  }
  const found = await stat(output).catch(() => undefined)
  if (found === undefined) return
  if (as === 'zip' ? !found.isFile() : !found.isDirectory() || (await readdir(output)).length > 0) throw occupied(output)
}

/** Copies a model's bundle into a folder or an archive, which appears when it is whole. */
const exportModel: Job<ExportJobInput, ExportJobOutput> = async ({ model, further, output, as }, job) => {
  await checkPlace(output, as)
  const names = (await readdir(model)).filter((name) => name !== LEFT_OUT)
  const entries: ZipEntry[] = []
  for (const [at, name] of names.entries()) {
    job.signal.throwIfAborted()
    job.progress(at / names.length, `reading ${name}`)
    entries.push({ name, data: await readFile(join(model, name)) })
  }
  for (const [name, text] of Object.entries(further)) entries.push({ name, data: Buffer.from(text) })
  const bytes = as === 'zip' ? await writeArchive(entries, output) : await writeFolder(entries, output)
  return { output, bytes }
}

export default exportModel

async function writeArchive(entries: readonly ZipEntry[], output: string): Promise<number> {
  const root = basename(output).replace(/\.zip$/i, '')
  const archive = await zipFiles(entries.map(({ name, data }) => ({ name: `${root}/${name}`, data })))
  await writeFileAtomic(output, archive)
  return archive.length
}

async function writeFolder(entries: readonly ZipEntry[], output: string): Promise<number> {
  const temporary = temporaryName(output)
  try {
    await mkdir(temporary)
    for (const { name, data } of entries) await writeFileAtomic(join(temporary, name), data)
    // An empty folder of that name makes room.
    await rm(output, { recursive: true, force: true })
    await rename(temporary, output)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  return entries.reduce((sum, { data }) => sum + data.length, 0)
}
