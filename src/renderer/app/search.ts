import { z } from 'zod'

const text = z.string().optional().catch(undefined)
const count = z.coerce.number().int().min(1).optional().catch(undefined)

/** What the addresses of the screens carry behind `?`; anything else is dropped. */
export const searchSchemas = {
  none: z.object({}),
  data: z.object({ dataset: text, version: count, column: text, tab: text }),
  pipeline: z.object({ file: text, step: text }),
  features: z.object({ file: text, column: text }),
  experiments: z.object({ runs: text, tab: text }),
  model: z.object({ run: text, model: text, version: count, tab: text }),
  deployments: z.object({ deployment: text }),
  activity: z.object({ job: text }),
  settings: z.object({ section: text }),
  create: z.object({ path: text, template: text }),
} as const

/** Search parameters as they stand: a dataset named `123` or `true` stays text. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

/** Search parameters as the address shows them; what is no text or number is left out. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') parameters.set(name, String(value))
  }
  const written = parameters.toString()
  return written === '' ? '' : `?${written}`
}
