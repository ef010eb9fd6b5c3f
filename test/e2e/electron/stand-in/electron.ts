/**
 * A stand-in for the module `electron` on plain Node, for machines without Electron's runtime: windows are pages of a Chromium that
 * Playwright drives, messages between page and main process are Playwright's bindings, and what the system would show is kept for the
 * spec to look at. It holds what Millrace's host uses and nothing more. It does not prove the isolation of the real sandbox.
 */
import { listenToSpec } from './control.ts'

export { app } from './app.ts'
export { BrowserWindow } from './window.ts'
export { ipcMain } from './ipc.ts'
export { dialog, Menu, nativeTheme, Notification, screen, shell } from './system.ts'
export { protocol, session } from './session.ts'
listenToSpec()
