import { z } from 'zod'
import { settingsChangeSchema, settingsSchema } from '../domain/settings.ts'
import { doneSchema } from './envelopes.ts'
import { method } from './method.ts'

/** The application itself. */
export const app = {
  info: method(
    z.object({}),
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'web']),
      platform: z.string(),
      /** File that holds the settings and the list of recent projects. */
      settingsFile: z.string(),
      /** Folder that new projects are proposed in. */
      projectsFolder: z.string(),
      /** What the host's system can do for the window. */
      dialogs: z.boolean(),
      notifications: z.boolean(),
      /** Most memory that one step may use, in bytes, and threads of this machine. */
      memoryBytes: z.number(),
      /** What set that limit; `MILLRACE_MEMORY` in the environment comes before the settings. */
      memoryFrom: z.enum(['machine', 'settings', 'environment']),
      machineMemoryBytes: z.number(),
      threads: z.number(),
    }),
  ),
  settings: method(z.object({}), settingsSchema),
  saveSettings: method(settingsChangeSchema, settingsSchema),
  /** Memory in use by the engine, in bytes, and how busy its processor threads are (0 … 1 of all cores), now. */
  load: method(z.object({}), z.object({ residentBytes: z.number(), freeMemoryBytes: z.number(), cpu: z.number() })),
  /** A system notification, where the host can show one. */
  notify: method(z.object({ title: z.string().max(200), body: z.string().max(1000) }), doneSchema),
}
