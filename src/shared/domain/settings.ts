import { z } from 'zod'

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  /** Ask before a run, model or dataset is deleted. */
  confirmDeletion: z.boolean(),
  /** Tell when work that took more than ten seconds ends while the window is not in front. */
  notifyWhenDone: z.boolean(),
  /** Folder that new projects are proposed in; null: `Millrace` in the home folder. */
  projectsFolder: z.string().max(4096).nullable(),
  /** Most memory that one step may use, in bytes; null: the machine's less a reserve. */
  memoryBytes: z.int().min(2 ** 28).nullable(),
}

/** What the user chose for the application, on this machine; every field has a default, so that an older file stays readable. */
export const settingsSchema = z.object({
  theme: fields.theme.default('system'),
  confirmDeletion: fields.confirmDeletion.default(true),
  notifyWhenDone: fields.notifyWhenDone.default(true),
  projectsFolder: fields.projectsFolder.default(null),
  memoryBytes: fields.memoryBytes.default(null),
})

/** What the user chose for the application. */
export type Settings = z.infer<typeof settingsSchema>

/** Some settings to change; what is absent stays as it is. */
export const settingsChangeSchema = z.object(fields).partial()

/** Some settings to change. */
export type SettingsChange = z.infer<typeof settingsChangeSchema>
