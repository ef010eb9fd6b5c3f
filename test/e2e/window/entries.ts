import type { Page } from '@playwright/test'
import { resultSchema } from '../../../src/shared/contract/result.ts'
import { decodeMessage, encodeMessage } from '../../../src/shared/contract/wire.ts'
import { windowSearch } from '../../../src/shared/window-address.ts'
import type { DesktopApp } from '../electron/desktop.ts'
import type { WebHost } from './web-host.ts'

/** A way into the window: the same page, reached by one of the hosts. */
export type Entry = {
  /** Where the page comes from; what it asks of elsewhere leaves the machine. */
  readonly origin: string
  /** The page to work with; `blank` is a new one in the spec's browser. */
  page(blank: Page): Promise<Page>
  /** Address of a place in the window; makes the page known to the engine where that is needed. */
  address(page: Page, route: string, project: string | undefined): Promise<string>
  /** Asks the engine as the page does; answers with a `Result`. */
  call(page: Page, method: string, input: unknown): Promise<unknown>
}

/** In through the web host. */
export function webEntry(host: Pick<WebHost, 'origin' | 'address'>): Entry {
  const enter = async (page: Page): Promise<void> => {
    const cookies = await page.context().cookies(host.origin)
    if (!cookies.some(({ name }) => name.startsWith('millrace-'))) await page.context().request.get(await host.address())
  }
  return {
    origin: host.origin,
    page: (blank) => Promise.resolve(blank),
    async address(page, route, project) {
      await enter(page)
      return `${host.origin}/${windowSearch(project)}#${route}`
    },
    async call(page, method, input) {
      await enter(page)
      const answer = await page.context().request.post(`${host.origin}/api/call/${method}`, {
        headers: { origin: host.origin, 'content-type': 'application/octet-stream' },
        data: Buffer.from(encodeMessage(input)),
        // A connection that was idle may end just when it is used again.
        maxRetries: 2,
      })
      return resultSchema.parse(decodeMessage(new Uint8Array(await answer.body()).buffer))
    },
  }
}

/** In through the desktop application. */
export function desktopEntry(application: DesktopApp): Entry {
  return {
    origin: application.origin,
    page: () => application.page(),
    address: (_, route, project) => Promise.resolve(`${application.origin}/index.html${windowSearch(project)}#${route}`),
    call: (page, method, input) =>
      page.evaluate(([method, input]) => (globalThis as unknown as { millrace: { call: (method: string, input: unknown) => Promise<unknown> } }).millrace.call(method, input), [method, input] as const),
  }
}
