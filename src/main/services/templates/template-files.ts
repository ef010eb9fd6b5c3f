import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../../base/abort.ts'
import { createWorkerPool } from '../../workers/pool.ts'
import type { TemplateFilesInput } from './template-files-job.ts'
import type { TemplateFile } from './template.ts'

/** The files of a template, computed away from the host's thread: simulating customers takes a while. */
export async function templateFiles(id: string): Promise<readonly TemplateFile[]> {
  const pool = createWorkerPool({ size: 1 })
  try {
    return await pool.run<TemplateFilesInput, readonly TemplateFile[]>(workerUrl('./template-files-job.ts', import.meta.url), { id }, { label: 'the sample data', signal: createAbortFlag() })
  } finally {
    await pool.close()
  }
}
