import { join } from 'node:path'
import { app, BrowserWindow, Menu } from 'electron'
import { appRoot } from '../../base/app-root.ts'
import { guardPages } from './guard.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { openWindow } from './window.ts'

/** Starts the desktop host; a second start only brings the first one's window to the front. */
export async function startElectron(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  declarePageScheme()
  app.on('second-instance', focusWindow)
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })

  await app.whenReady()
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  guardPages()
  servePage(join(appRoot, 'out', 'renderer'))
  await openWindow()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow()
  })
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) return
  if (window.isMinimized()) window.restore()
  window.focus()
}
