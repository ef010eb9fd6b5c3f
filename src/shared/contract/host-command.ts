import { z } from 'zod'

/** What the host's own menu asks of the window. */
export const hostCommandSchema = z.discriminatedUnion('kind', [
  /** A command of the window's palette, by its id. */
  z.object({ kind: z.literal('command'), id: z.string().max(100) }),
  z.object({ kind: z.literal('open-project'), path: z.string().min(1).max(4096) }),
])

/** What the host's own menu asks of the window. */
export type HostCommand = z.infer<typeof hostCommandSchema>
