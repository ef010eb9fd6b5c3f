import { previewFile, type FilePreview } from '../../data/preview-file.ts'
import type { Job } from '../../workers/job.ts'
import { withScratch, type LookRequest } from './with-scratch.ts'

/** Looks at a file in a worker; leaves nothing behind. */
const preview: Job<LookRequest, FilePreview> = (input, job) => withScratch(input, job, async ({ engine, request, folder }) => previewFile(engine, request, await folder('file')))

export default preview
