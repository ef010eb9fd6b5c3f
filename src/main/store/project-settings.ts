import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { backendWishSchema } from '#shared/domain/backend.ts'
import { MillraceError } from '#shared/errors.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { settingsFile } from './project-layout.ts'

const settingsSchema = z.strictObject({
  /** What neural networks compute on where neither the step nor the pipeline file says so. */
  backend: backendWishSchema.default('auto'),
})

/** What holds for all pipelines of a project. */
export type ProjectSettings = z.infer<typeof settingsSchema>

/** The settings of a project; the defaults where none were chosen. Throws `invalid-project` where its file is damaged: a pin must not be lost silently. */
export async function readProjectSettings(projectFolder: string): Promise<ProjectSettings> {
  const file = join(projectFolder, settingsFile)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return settingsSchema.parse({})
    throw error
  }
  try {
    return settingsSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new MillraceError(
      {
        code: 'invalid-project',
        headline: 'The settings of the project cannot be read',
        message: `${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
        nextStep: 'Correct the file, or delete it to go back to the defaults.',
        details: { file },
      },
      error,
    )
  }
}

/** Changes some settings of a project. */
export async function changeProjectSettings(projectFolder: string, change: Partial<ProjectSettings>): Promise<ProjectSettings> {
  const next = settingsSchema.parse({ ...(await readProjectSettings(projectFolder)), ...change })
  await writeFileAtomic(join(projectFolder, settingsFile), `${JSON.stringify(next, undefined, 2)}\n`)
  return next
}
