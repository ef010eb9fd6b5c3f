import type { Frame, Page } from '@playwright/test'
import { openWindows } from './open-windows.ts'
import { fromWeb } from './session.ts'

type Handler = (event: { readonly senderFrame: unknown; readonly sender: unknown }, ...given: unknown[]) => unknown

const answering = new Map<string, Handler>()

export const ipcMain = {
  handle: (channel: string, handler: Handler): void => {
    if (answering.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    answering.set(channel, handler)
  },
}

/** Answers what a page asked by `ipcRenderer.invoke`. */
export async function answerCall(page: Page, frame: Frame, channel: string, given: readonly unknown[]): Promise<unknown> {
  const handler = answering.get(channel)
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
  const sender = [...openWindows.values()].find((window) => window.page === page)?.webContents
  return handler({ senderFrame: { url: fromWeb(frame.url()), parent: frame.parentFrame() }, sender }, ...given)
}
