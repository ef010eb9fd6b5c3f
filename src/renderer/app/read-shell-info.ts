import { z } from 'zod'
import { SHELL_INFO_KEY, type ShellInfo } from '#shared/shell-info.ts'

const shellInfoSchema = z.object({ electron: z.string(), platform: z.string() })

/** What the preload said about the window; undefined in a plain browser. */
export function readShellInfo(page: object): ShellInfo | undefined {
  return shellInfoSchema.safeParse(Reflect.get(page, SHELL_INFO_KEY)).data
}
