import { createLog } from '../../base/log.ts'
import { systemClock } from '../../base/clock.ts'
import { builtPage } from '../page/built-window.ts'
import { hasDisplay, openBrowser } from '../page/display.ts'
import { serveWindow, type ServedWindow } from '../web/serve-window.ts'
import { uploadsFolder } from '../web/uploads-folder.ts'
import type { CliContext } from './context.ts'

/** What to serve, and what to do once it is served. */
export type WindowRequest = {
  readonly project: string | undefined
  readonly port?: number | undefined
  /** Open the browser where there is a display. */
  readonly open: boolean
  /** Starts what shall go on while the window is looked at. */
  onServed?(served: ServedWindow): Promise<void>
}

/** How often the wish to stop is looked for, in milliseconds. */
const pollMilliseconds = 100

/** Serves the window, prints its address and stays until the user stops it; work that goes on then is cancelled in order. */
export async function holdWindow(context: CliContext, { project, port, open, onServed }: WindowRequest): Promise<void> {
  const log = createLog(systemClock.now, ({ level, message }) => {
    if (level !== 'debug') context.remark(`${message}\n`)
  })
  const page = await builtPage(context.remark)
  const signal = context.abortFlag()
  const served = await serveWindow({ log, page, uploads: await uploadsFolder(log.warn), project, port })
  try {
    await onServed?.(served)
    const address = served.address()
    context.result({ address, port: served.port }, () => `\nMillrace is open at\n\n  ${address}\n\nThe address works once. Press Enter for another one, Ctrl-C to stop.\n`)
    if (open && hasDisplay()) await openBrowser(address, context.remark)
    const stopListening = printAddressOnEnter(context, served)
    await new Promise<void>((resolve) => {
      const poll = setInterval(() => {
        if (!signal.aborted) return
        clearInterval(poll)
        resolve()
      }, pollMilliseconds)
    })
    stopListening()
  } finally {
    await served.close()
  }
}

/** A new address for each Enter, for another browser or one that was closed. */
function printAddressOnEnter(context: CliContext, served: ServedWindow): () => void {
  const onData = (): void => {
    const address = served.address()
    context.result({ address, port: served.port }, () => `  ${address}\n`)
  }
  process.stdin.on('data', onData)
  return () => {
    process.stdin.off('data', onData)
    process.stdin.pause()
  }
}
