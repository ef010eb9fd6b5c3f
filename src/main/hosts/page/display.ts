import type { Say } from './built-window.ts'

/** True where this session has a screen that windows can be opened on. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return environment['SSH_CONNECTION'] === undefined
  return (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
}

/** Opens the address in the user's browser; where that fails, the printed address is still there. */
export async function openBrowser(address: string, say: Say): Promise<void> {
  try {
    const { default: open } = await import('open')
    const child = await open(address)
    child.on('error', () => {
      say('No browser could be opened here: open the address yourself.\n')
    })
  } catch (error) {
    say(`No browser could be opened here (${String(error)}): open the address yourself.\n`)
  }
}
