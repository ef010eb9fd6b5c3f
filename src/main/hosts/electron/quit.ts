import { app, BrowserWindow, dialog } from 'electron'
import type { Engine } from '../../services/engine/create-engine.ts'

/** Whether the application is about to end, so that its last window may close. */
export type Quitting = { readonly ended: () => boolean }

/** Before the application ends: asks while work runs, then ends the engine in order. */
export function quitInOrder(engine: Pick<Engine, 'busy' | 'close'>): Quitting {
  let ended = false
  let asking = false
  const end = async (): Promise<void> => {
    if (asking) return
    asking = true
    try {
      if (engine.busy() && !(await mayStop())) return
      await engine.close()
      ended = true
      app.quit()
    } finally {
      asking = false
    }
  }
  app.on('before-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void end()
  })
  return { ended: () => ended }
}

/** The last window does not close over running work: the application asks first. macOS goes on without windows. */
export function holdLastWindow(window: BrowserWindow, engine: Pick<Engine, 'busy'>, quitting: Quitting): void {
  window.on('close', (event) => {
    if (process.platform === 'darwin' || quitting.ended() || !engine.busy() || BrowserWindow.getAllWindows().length > 1) return
    event.preventDefault()
    app.quit()
  })
}

async function mayStop(): Promise<boolean> {
  const [window] = BrowserWindow.getAllWindows()
  const question = {
    type: 'question' as const,
    message: 'Work is running',
    detail: 'Quitting stops it in order: finished steps are kept and reused, the step that runs now is done again next time.',
    buttons: ['Keep working', 'Stop the work and quit'],
    defaultId: 0,
    cancelId: 0,
  }
  const { response } = await (window === undefined ? dialog.showMessageBox(question) : dialog.showMessageBox(window, question))
  return response === 1
}
