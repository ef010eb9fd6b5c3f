import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'
import { browserArguments, browserEnvironment, findBrowser } from '../../browser/find-browser.ts'
import { answerCall } from './ipc.ts'
import { fromWeb, handlers, isWeb } from './session.ts'

let opened: Promise<BrowserContext> | undefined

/** The Chromium whose pages are the windows; the spec reaches it by its debugging port. */
export function openBrowser(): Promise<BrowserContext> {
  return (opened ??= launch())
}

/** Ends it, where it was opened. */
export async function closeBrowser(): Promise<void> {
  await (await opened)?.close()
}

async function launch(): Promise<BrowserContext> {
  const executablePath = findBrowser()
  const port = process.env['MILLRACE_STAND_IN_PORT']
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'millrace-stand-in-browser-')), {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...browserArguments, ...(port === undefined ? [] : [`--remote-debugging-port=${port}`])],
    env: browserEnvironment(),
    viewport: null,
  })
  await context.exposeBinding('millraceStandIn', ({ page, frame }, channel: string, given: readonly unknown[]) => answerCall(page, frame, channel, given))
  // A Chromium that was not built for it knows no schemes but the web's: `app://host/path` is shown as `https://host.app.stand-in.test/path`.
  await context.route(isWeb, async (route) => {
    const request = route.request()
    const url = fromWeb(request.url())
    const answer = await handlers.get(url.slice(0, url.indexOf(':')))?.(new Request(url, { method: request.method() }))
    if (answer === undefined) return route.abort()
    return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body: Buffer.from(await answer.arrayBuffer()) })
  })
  return context
}
