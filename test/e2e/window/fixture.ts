import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts'
import { resultSchema, valueOf } from '../../../src/shared/contract/result.ts'
import { decodeMessage, encodeMessage } from '../../../src/shared/contract/wire.ts'
import { windowSearch } from '../../../src/shared/window-address.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { themes, useTheme } from './accessibility.ts'
import { sampleProject } from './sample-project.ts'
import { startWebHost, type WebHost } from './web-host.ts'

export { expect } from '@playwright/test'
export { checkAccessibility, themes, useTheme } from './accessibility.ts'
export { sampleProject } from './sample-project.ts'
export { startWebHost, type WebHost } from './web-host.ts'

const shots = join(import.meta.dirname, '../../../out/screenshots')

/** Window sizes that every screen is looked at in. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1100, height: 720 },
] as const

type PerTest = {
  /** Errors of the page that a spec provokes; all others fail it. Set with `test.use({ expectedComplaints: /…/ })`. */
  expectedComplaints: RegExp
  complaints: string[]
}
type PerWorker = {
  /** The engine that the window speaks with, over a copy of the sample project that was run once. */
  host: WebHost
}

let current: WebHost | undefined

/** Specs of the window: a real engine, a real browser, and no errors in its console. */
export const test = base.extend<PerTest, PerWorker>({
  host: [
    async ({ browser: _browser }, use) => {
      const host = await startWebHost({ project: await sampleProject() })
      current = host
      await use(host)
      await host.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // Matches nothing.
  expectedComplaints: [/$^/, { option: true }],
  complaints: [
    async ({ page, expectedComplaints }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => {
        const { protocol, hostname } = new URL(request.url())
        if (protocol === 'http:' && hostname !== '127.0.0.1') complaints.push(`A request left the machine: ${request.url()}`)
      })
      await use(complaints)
      base.expect(complaints.filter((text) => !expectedComplaints.test(text)), 'errors and warnings of the page').toEqual([])
    },
    { auto: true },
  ],
  page: async ({ page, host }, use) => {
    // The host starts with the first page, however little the spec asks of it.
    void host
    await use(page)
  },
})

test.skip(findBrowser() === undefined, 'No Chromium on this machine: install it or set MILLRACE_CHROMIUM to run the window tests.')

/** Opens a place in the window, e.g. `/data?dataset=customers`, on the sample project or another one. */
export async function open(page: Page, route: string, { host = current, project = host?.project }: { host?: WebHost | undefined; project?: string | undefined } = {}): Promise<void> {
  if (host === undefined) throw new Error('No host runs: ask for the fixture "host" or "page"')
  const cookies = await page.context().cookies(host.origin)
  if (!cookies.some(({ name }) => name.startsWith('millrace-'))) await page.context().request.get(await host.address())
  await page.goto(`${host.origin}/${windowSearch(project)}#${route}`)
}

/** Asks the engine as the page does, in the page's session; for what a spec needs to be so, not for what it shows. */
export async function callEngine<N extends MethodName>(page: Page, name: N, input: MethodInput<N>, host: WebHost | undefined = current): Promise<MethodOutput<N>> {
  if (host === undefined) throw new Error('No host runs: ask for the fixture "host" or "page"')
  const answer = await page.context().request.post(`${host.origin}/api/call/${name}`, {
    headers: { origin: host.origin, 'content-type': 'application/octet-stream' },
    data: Buffer.from(encodeMessage(input)),
  })
  return valueOf(resultSchema.parse(decodeMessage(new Uint8Array(await answer.body()).buffer))) as MethodOutput<N>
}

/** Keeps pictures of the page in both themes and sizes, to be looked at. */
export async function screenshots(page: Page, name: string): Promise<void> {
  for (const { width, height } of sizes) {
    await page.setViewportSize({ width, height })
    for (const theme of themes) {
      await useTheme(page, theme)
      await page.screenshot({ path: join(shots, `${name}-${theme}-${String(width)}x${String(height)}.png`), animations: 'disabled' })
    }
  }
  await page.setViewportSize(sizes[0])
  await useTheme(page, 'light')
}
