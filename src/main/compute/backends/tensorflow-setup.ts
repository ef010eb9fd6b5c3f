import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { settingsFolder } from '../../base/settings-folder.ts'

const setupSchema = z.object({
  /** Version of the package whose kernels call the library. */
  package: z.string(),
  /** Version of the library, as it names itself. */
  library: z.string(),
  /** Where the library lies. */
  libraryFolder: z.string(),
})

/** What `npm run setup:tensorflow` has put in place. */
export type TensorflowSetup = z.infer<typeof setupSchema> & { readonly folder: string }

/** The folder that `npm run setup:tensorflow` fills, beside the user's other data; `MILLRACE_TENSORFLOW` names another. */
export function tensorflowFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const { MILLRACE_TENSORFLOW, MILLRACE_CONFIG, XDG_DATA_HOME } = environment
  if (MILLRACE_TENSORFLOW !== undefined && MILLRACE_TENSORFLOW !== '') return MILLRACE_TENSORFLOW
  const ownFolder = platform === 'win32' || platform === 'darwin' || (MILLRACE_CONFIG ?? '') !== ''
  return join(ownFolder ? settingsFolder(environment, platform) : join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'millrace'), 'tensorflow')
}

/** Places in that folder. */
export function tensorflowLayout(folder: string): { readonly setup: string; readonly binding: string; readonly package: string } {
  return { setup: join(folder, 'setup.json'), binding: join(folder, 'tfjs_binding.node'), package: join(folder, 'package') }
}

/** What is set up; undefined where nothing is, or not to its end. */
export function readTensorflowSetup(folder: string = tensorflowFolder()): TensorflowSetup | undefined {
  const { setup, binding } = tensorflowLayout(folder)
  if (!existsSync(setup) || !existsSync(binding)) return undefined
  const parsed = setupSchema.safeParse(JSON.parse(readFileSync(setup, 'utf8')))
  return parsed.success ? { ...parsed.data, folder } : undefined
}

/** The text of `setup.json`. */
export function tensorflowSetupText(setup: z.infer<typeof setupSchema>): string {
  return `${JSON.stringify(setup, undefined, 2)}\n`
}
