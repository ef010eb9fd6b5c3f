import { homedir } from 'node:os'
import { join } from 'node:path'

/** Folder of what is remembered on this machine, across projects, as each system has it; `MILLRACE_CONFIG` overrides it. */
export function settingsFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const { MILLRACE_CONFIG, XDG_CONFIG_HOME, APPDATA } = environment
  if (MILLRACE_CONFIG !== undefined && MILLRACE_CONFIG !== '') return MILLRACE_CONFIG
  if (platform === 'win32') return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Millrace')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Millrace')
  return join(XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'millrace')
}
