import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cancelled } from '#shared/errors.ts'
import type { IngestRequest } from '../../data/ingest-file.ts'
import { openDataEngine } from '../../data/open-engine.ts'
import { previewFile, type FilePreview } from '../../data/preview-file.ts'
import type { Job } from '../../workers/job.ts'

/** What to look at; paths are absolute. */
export type PreviewJobInput = Pick<IngestRequest, 'file' | 'options' | 'types' | 'roles' | 'missing'> & { readonly memoryBytes: number; readonly threads: number }

/** Looks at a file in a worker; leaves nothing behind. */
const preview: Job<PreviewJobInput, FilePreview> = async ({ memoryBytes, threads, ...request }, job) => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-preview-'))
  const engine = await openDataEngine({ memoryBytes, threads, temporaryFolder: join(folder, 'spill') })
  const watch = setInterval(() => {
    if (job.signal.aborted) engine.interrupt()
  }, 50)
  try {
    const scratch = join(folder, 'file')
    await mkdir(scratch)
    const throwIfAborted = (): void => {
      job.signal.throwIfAborted()
    }
    return await previewFile(engine, { ...request, options: { ...request.options, watch: throwIfAborted } }, scratch)
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export default preview
