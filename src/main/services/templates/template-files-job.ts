import { MillraceError } from '#shared/errors.ts'
import type { Job } from '../../workers/job.ts'
import { templates } from './index.ts'
import type { TemplateFile } from './template.ts'

/** Which template. */
export type TemplateFilesInput = { readonly id: string }

/** Computes the files of a template. */
const templateFiles: Job<TemplateFilesInput, readonly TemplateFile[]> = async ({ id }) => {
  const template = templates.find((candidate) => candidate.id === id)
  if (template === undefined) throw new MillraceError({ code: 'not-found', headline: `There is no template "${id}"`, nextStep: 'Choose another one.' })
  return template.files()
}

export default templateFiles
