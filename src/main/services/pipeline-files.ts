import { realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PipelineEntry } from '#shared/contract/pipelines.ts'
import { MillraceError } from '#shared/errors.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { sha256 } from '../base/hash.ts'
import { makeFolders } from '../base/make-folders.ts'
import { readPipelineText } from '../pipeline/read-pipeline.ts'
import { listEntry } from '../store/run-repository.ts'
import type { Project } from '../store/project.ts'
import { findYamlFiles, pipelinePlace } from './pipeline-place.ts'
import type { PipelineTexts } from './pipeline-texts.ts'
import { isRunOfFile } from './run-of-file.ts'

/** A pipeline's text and the revision that a save is based on. */
export type PipelineText = { readonly text: string; readonly revision: string }

/** Runs that are looked at for the newest of a file: several files may name the same pipeline. */
const lookedAt = 50

/** Pipeline files of a project, by path. */
export async function listPipelines(project: Project, texts: PipelineTexts): Promise<PipelineEntry[]> {
  const files = await findYamlFiles(project.path)
  const places = files.map((file) => join(project.path, file))
  const heads = await texts.ask('heads', { files: places })
  const entries = await Promise.all(
    files.map(async (file, index): Promise<PipelineEntry[]> => {
      const head = heads[index]
      const found = await stat(places[index] ?? '').catch(() => undefined)
      if (head === undefined || found === undefined) return []
      return [{ file, ...head, modifiedAt: found.mtimeMs, lastRun: lastRun(project, head.name, file) }]
    }),
  )
  return entries.flat()
}

function lastRun(project: Project, name: string, file: string): PipelineEntry['lastRun'] {
  const record = project.runs.listOf(name, lookedAt).find(({ pipelineFile }) => isRunOfFile(project.path, pipelineFile, file))
  if (record === undefined) return null
  const { run, status, startedAt, seconds } = listEntry(record)
  return { run, status, startedAt, seconds: seconds ?? null }
}

/** The text of a pipeline file; throws `not-found` where it is gone. */
export async function readPipeline(project: Project, file: string): Promise<PipelineText> {
  const text = await readPipelineText(pipelinePlace(project.path, file))
  return { text, revision: sha256(text) }
}

// One write after the other: two windows may save at once.
let last: Promise<unknown> = Promise.resolve()

/** Writes a pipeline file whole; throws `conflict` where it is not what `basedOn` says: written or removed meanwhile, or there although it shall be new. */
export async function savePipeline(project: Project, { file, text, basedOn }: { readonly file: string; readonly text: string; readonly basedOn: string | null }): Promise<{ readonly revision: string }> {
  const place = pipelinePlace(project.path, file)
  const before = last
  const write = async (): Promise<void> => {
    await before
    const now = await readPipelineText(place).then(sha256, (error: unknown) => {
      if (error instanceof MillraceError && error.data.code === 'not-found') return null
      throw error
    })
    if (now !== basedOn) throw conflict(file, now === null)
    await makeFolders(dirname(place))
    // Through a link to the file that it names, which may be shared.
    await writeFileAtomic(now === null ? place : await realpath(place), text)
  }
  const work = write()
  last = work.catch(() => undefined)
  await work
  return { revision: sha256(text) }
}

function conflict(file: string, isGone: boolean): MillraceError {
  return new MillraceError({
    code: 'conflict',
    headline: isGone ? `${file} was removed by another program` : `${file} was changed by another program`,
    message: 'Nothing was written, so that no change is lost.',
    nextStep: isGone ? 'Save it as a new file, or let it go.' : 'Take the file as it is now, or save yours over it.',
    details: { file, gone: isGone },
  })
}
