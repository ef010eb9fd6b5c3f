import { z } from 'zod'
import { doneSchema } from './envelopes.ts'
import { method } from './method.ts'

const purpose = z.enum(['data', 'folder', 'pipeline', 'any'])

/** Files on this machine, for picking one where the host has no dialog of the system, and for looking at one. */
export const files = {
  /** Entries of a folder, folders first; hidden ones are left out. Null: the home folder. */
  list: method(
    z.object({ folder: z.string().max(4096).nullable(), show: purpose.default('data') }),
    z.object({
      folder: z.string(),
      parent: z.string().nullable(),
      /** Folders to start from, e.g. home, documents, drives. */
      places: z.array(z.object({ name: z.string(), path: z.string() })),
      entries: z.array(z.object({ name: z.string(), path: z.string(), kind: z.enum(['folder', 'file']), bytes: z.number(), modifiedAt: z.number(), project: z.boolean() })),
      /** Entries that were left out because there are too many. */
      leftOut: z.number(),
    }),
  ),
  /** The system's own dialog (Electron); null where the user closed it. Throws `unsupported` where the host has none. */
  choose: method(z.object({ title: z.string().max(200), kind: z.enum(['open-file', 'open-files', 'open-folder', 'save-file']), proposal: z.string().max(4096).optional() }), z.object({ paths: z.array(z.string()).nullable() })),
  /** Shows a file in the system's file manager (Electron). */
  reveal: method(z.object({ path: z.string().max(4096) }), doneSchema),
}
