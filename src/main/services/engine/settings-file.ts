import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { settingsSchema, type Settings, type SettingsChange } from '#shared/domain/settings.ts'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { makeFolders } from '../../base/make-folders.ts'

const recentSchema = z.array(z.object({ path: z.string(), openedAt: z.number() }))
const fileSchema = z.object({ settings: settingsSchema.prefault({}), recent: recentSchema.default([]) })

/** A project that was opened on this machine. */
export type RecentProject = z.infer<typeof recentSchema>[number]

/** What is remembered of the application on this machine, across projects. */
export type SettingsFile = {
  readonly path: string
  read(): Promise<Settings>
  change(change: SettingsChange): Promise<Settings>
  recent(): Promise<readonly RecentProject[]>
  remember(path: string, at: number): Promise<void>
  forget(path: string): Promise<void>
}

const KEPT_PROJECTS = 50

/** The settings in `folder`; a file that is missing or damaged reads as the defaults, and `warn` is told of damage. */
export function createSettingsFile(folder: string, warn: (message: string) => void): SettingsFile {
  const file = join(folder, 'settings.json')
  const read = async (): Promise<z.infer<typeof fileSchema>> => {
    try {
      return fileSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') warn(`${file} cannot be read and is taken as empty: ${String(error)}`)
      return fileSchema.parse({})
    }
  }
  // One change after the other: two windows may save at once.
  let last: Promise<unknown> = Promise.resolve()
  const edit = async (change: (stored: z.infer<typeof fileSchema>) => z.infer<typeof fileSchema>): Promise<z.infer<typeof fileSchema>> => {
    const before = last
    const write = async (): Promise<z.infer<typeof fileSchema>> => {
      await before
      const next = change(await read())
      await makeFolders(dirname(file))
      await writeFileAtomic(file, `${JSON.stringify(next, undefined, 2)}\n`)
      return next
    }
    const work = write()
    last = work.catch(() => undefined)
    return work
  }
  return {
    path: file,
    read: async () => (await read()).settings,
    change: async (change) => (await edit((stored) => ({ ...stored, settings: settingsSchema.parse({ ...stored.settings, ...change }) }))).settings,
    recent: async () => (await read()).recent,
    remember: async (path, at) => {
      await edit((stored) => ({ ...stored, recent: [{ path, openedAt: at }, ...stored.recent.filter((one) => one.path !== path)].slice(0, KEPT_PROJECTS) }))
    },
    forget: async (path) => {
      await edit((stored) => ({ ...stored, recent: stored.recent.filter((one) => one.path !== path) }))
    },
  }
}
