/** What the preload tells the page about the window it runs in; absent in a plain browser. */
export type ShellInfo = {
  /** Version of the Electron runtime, e.g. "45.4.1". */
  readonly electron: string
  /** As Node names it: `linux`, `win32`, `darwin`. */
  readonly platform: string
}

/** Name under which the page finds it on `window`. */
export const SHELL_INFO_KEY = 'millraceShell'
