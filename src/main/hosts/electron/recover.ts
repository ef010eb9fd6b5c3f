import { dialog, type BrowserWindow } from 'electron'
import type { Log } from '../../base/log.ts'

/** A page that crashes more often than this within a minute is not loaded again by itself. */
const mostPerMinute = 3

/** Loads a page anew whose process died; the engine lives in another process, so no work is lost. Asks where that does not help. */
export function recoverFromCrashes(window: BrowserWindow, log: Log, now: () => number = Date.now): void {
  let crashes: readonly number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log.error(`The page's process ended (${reason}, ${String(exitCode)}); it is loaded anew, work goes on.`)
    crashes = [...crashes.filter((at) => now() - at < 60_000), now()]
    if (crashes.length <= mostPerMinute) {
      window.webContents.reload()
      return
    }
    void askToReload(window)
  })
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window keeps failing',
    detail: 'Its page crashed several times in a minute. Work that runs goes on; the log of this machine says more.',
    buttons: ['Load the window again', 'Close it'],
    defaultId: 0,
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}
