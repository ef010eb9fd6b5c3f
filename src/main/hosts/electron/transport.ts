import { BrowserWindow, ipcMain, type WebFrameMain } from 'electron'
import { CHANNELS } from '#shared/contract/bridge.ts'
import type { HostCommand } from '#shared/contract/host-command.ts'
import type { Result } from '#shared/contract/result.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Log } from '../../base/log.ts'
import { oneLine } from '../../base/one-line.ts'
import type { Engine } from '../../services/engine/create-engine.ts'
import { isLarger } from './message-size.ts'
import { isOwnPage } from './own-page.ts'

/** Answers the page's calls and tells it the engine's events; anything that is not the page itself is refused. */
export function serveEngine(engine: Pick<Engine, 'call' | 'subscribe'>, log: Log): void {
  ipcMain.handle(CHANNELS.call, async ({ senderFrame }, method: unknown, input: unknown): Promise<Result> => {
    const problem = callProblem(senderFrame, method, input)
    if (problem === undefined) return engine.call(method as string, input)
    log.warn(`Refused a message of ${senderFrame === null ? 'a page that is gone' : oneLine(senderFrame.url, 200)}: ${problem.data.headline}`)
    return { ok: false, error: problem.data }
  })
  engine.subscribe((event) => {
    for (const window of BrowserWindow.getAllWindows()) send(window, CHANNELS.event, event)
  })
}

/** Hands a window what the menu asks of it. */
export function sendCommand(window: BrowserWindow, command: HostCommand): void {
  send(window, CHANNELS.command, command)
}

function send(window: BrowserWindow, channel: string, message: unknown): void {
  const { webContents } = window
  if (!window.isDestroyed() && !webContents.isCrashed() && isOwnPage(webContents.getURL())) webContents.send(channel, message)
}

/** Why a message is refused: only the top frame of Millrace's own page may speak, and briefly. */
function callProblem(frame: Pick<WebFrameMain, 'url' | 'parent'> | null, method: unknown, input: unknown): MillraceError | undefined {
  const nextStep = 'Reload the window; after an update, restart Millrace.'
  if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) {
    return new MillraceError({ code: 'refused', headline: 'The message comes from another page than Millrace’s own', nextStep })
  }
  if (typeof method !== 'string' || method.length > 200) return new MillraceError({ code: 'refused', headline: 'The window sent a message of the wrong shape', nextStep })
  if (isLarger(input)) return new MillraceError({ code: 'refused', headline: 'The message is too large', nextStep: 'Hand large data over as a file.' })
  return undefined
}
