import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cancelled } from '#shared/errors.ts'
import type { DataEngine } from '../../data/engine.ts'
import type { IngestRequest } from '../../data/ingest-file.ts'
import { openDataEngine } from '../../data/open-engine.ts'
import type { JobContext } from '../../workers/job.ts'

/** A file to look at without recording anything; paths are absolute. */
export type LookRequest = Pick<IngestRequest, 'file' | 'options' | 'types' | 'roles' | 'missing'> & { readonly memoryBytes: number; readonly threads: number }

/** What a look works with: an engine that ends when it is cancelled, the request whose reading stops then, and a place of its own on the disk. */
type Scratch = { readonly engine: DataEngine; readonly request: LookRequest; folder(name: string): Promise<string> }

/** Looks at a file with an engine and folders that are gone afterwards. */
export async function withScratch<T>(request: LookRequest, job: JobContext, look: (scratch: Scratch) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'millrace-preview-'))
  const engine = await openDataEngine({ memoryBytes: request.memoryBytes, threads: request.threads, temporaryFolder: join(root, 'spill') })
  const watch = setInterval(() => {
    if (job.signal.aborted) engine.interrupt()
  }, 50)
  const throwIfAborted = (): void => {
    job.signal.throwIfAborted()
  }
  try {
    return await look({
      engine,
      request: { ...request, options: { ...request.options, watch: throwIfAborted } },
      async folder(name) {
        const path = join(root, name)
        await mkdir(path)
        return path
      },
    })
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(root, { recursive: true, force: true })
  }
}
