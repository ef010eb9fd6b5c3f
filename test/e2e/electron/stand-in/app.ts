import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { closeBrowser } from './browser.ts'
import { openWindows } from './open-windows.ts'

const folder = process.env['MILLRACE_STAND_IN_FOLDER'] ?? mkdtempSync(join(tmpdir(), 'millrace-stand-in-'))

class App extends EventEmitter {
  readonly isPackaged = false
  requestSingleInstanceLock = (): boolean => true
  enableSandbox = (): void => undefined
  whenReady = (): Promise<void> => Promise.resolve()
  getPath = (name: string): string => join(folder, name)

  /** As Electron does it: asks, closes the windows, ends. */
  quit = (): void => {
    if (!this.#agreed('before-quit')) return
    for (const window of openWindows.values()) window.close()
    if (openWindows.size > 0) return
    if (!this.#agreed('will-quit')) return
    void closeBrowser().finally(() => process.exit(0))
  }

  #agreed(event: string): boolean {
    let prevented = false
    this.emit(event, {
      preventDefault: () => {
        prevented = true
      },
    })
    return !prevented
  }
}

export const app = new App()

process.on('SIGTERM', app.quit)
