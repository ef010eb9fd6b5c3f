import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import type { MethodInput, MethodName, MethodOutput } from '../../../src/shared/contract/index.ts'
import { resultSchema, valueOf } from '../../../src/shared/contract/result.ts'
import { findBrowser } from '../browser/find-browser.ts'
import { launchDesktop, type DesktopApp } from '../electron/desktop.ts'
import { themes, useTheme } from './accessibility.ts'
import { desktopEntry, webEntry, type Entry } from './entries.ts'
import { sampleProject } from './sample-project.ts'
import { startWebHost, type WebHost } from './web-host.ts'

export { expect } from '@playwright/test'
export { checkAccessibility, checkTheme, themes, useTheme } from './accessibility.ts'
export { sampleProject } from './sample-project.ts'
export { startWebHost, type WebHost } from './web-host.ts'

const shots = join(import.meta.dirname, '../../../out/screenshots')

/** Window sizes that every screen is looked at in. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1100, height: 720 },
] as const

type PerTest = {
  /** A copy of the sample project that was run once: one for each file of specs, in the desktop's the one that it was started with. */
  project: string
  /** The web host that the window is reached by, on that project; specs that use it are left out of the desktop's. */
  host: WebHost
  /** Errors of the page that a spec provokes; all others fail it. Set with `test.use({ expectedComplaints: /…/ })`. */
  expectedComplaints: RegExp
  complaints: string[]
}
/** Which host a project of the configuration goes through. */
export type PerWorker = {
  through: 'web' | 'desktop'
  /** The project that the hosts are started with. */
  firstProject: string
  server: WebHost
  /** The desktop application; only in specs of the desktop. */
  desktop: DesktopApp
  entry: Entry
}

let current: Entry | undefined
let currentProject: string | undefined

/** What is not there in specs of the other host. */
function absent<T>(what: string): T {
  return { get origin(): never { throw new Error(`There is no ${what} in these specs`) } } as T
}

const projects = new Map<string, string>()

/** The project of a file of specs; the window has seen no other when its first spec begins. */
async function projectOf(file: string, { home }: WebHost): Promise<string> {
  const known = projects.get(file)
  if (known !== undefined) return known
  const project = await sampleProject()
  projects.set(file, project)
  rmSync(join(home, 'config', 'settings.json'), { force: true })
  return project
}

/**
 * Specs of the window: a real engine, a real browser, and no errors in its console. Those with the tag `@desktop` also run in the desktop
 * application, those with `@desktop-only` nowhere else.
 */
export const test = base.extend<PerTest, PerWorker>({
  through: ['web', { option: true, scope: 'worker' }],
  firstProject: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => use(await sampleProject()),
    { scope: 'worker' },
  ],
  server: [
    async ({ through, firstProject }, use) => {
      if (through !== 'web') return use(absent('web host'))
      const server = await startWebHost({ project: firstProject })
      await use(server)
      return server.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  project: [
    async ({ through, firstProject, server }, use, { file }) => {
      currentProject = through === 'desktop' ? firstProject : await projectOf(file, server)
      await use(currentProject)
    },
    { auto: true },
  ],
  host: async ({ through, server, project }, use) => use(through === 'web' ? { ...server, project } : server),
  desktop: [
    async ({ through, firstProject }, use) => {
      if (through !== 'desktop') return use(absent('desktop application'))
      const home = mkdtempSync(join(tmpdir(), 'millrace-home-'))
      const application = await launchDesktop({ given: ['--project', firstProject], environment: { HOME: home, MILLRACE_CONFIG: join(home, 'config') } })
      await use(application)
      return application.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  entry: [
    async ({ through, server, desktop }, use) => {
      current = through === 'web' ? webEntry(server) : desktopEntry(desktop)
      await use(current)
    },
    { scope: 'worker' },
  ],
  // Matches nothing.
  expectedComplaints: [/$^/, { option: true }],
  complaints: [
    async ({ page, entry, expectedComplaints }, use) => {
      const complaints: string[] = []
      const own = new Set([entry.origin, 'null'])
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => {
        const { origin, hostname } = new URL(request.url())
        if (!own.has(origin) && hostname !== '127.0.0.1') complaints.push(`A request left the machine: ${request.url()}`)
      })
      await use(complaints)
      for (const event of ['console', 'pageerror', 'request'] as const) page.removeAllListeners(event)
      base.expect(complaints.filter((text) => !expectedComplaints.test(text)), 'errors and warnings of the page').toEqual([])
    },
    { auto: true },
  ],
  page: async ({ page, entry }, use) => use(await entry.page(page)),
})

test.skip(findBrowser() === undefined, 'No Chromium on this machine: install it or set MILLRACE_CHROMIUM to run the window tests.')

function entryOf(host: Pick<WebHost, 'origin' | 'address'> | undefined): Entry {
  const entry = host === undefined ? current : webEntry(host)
  if (entry === undefined) throw new Error('No host runs: ask for the fixture "page"')
  return entry
}

/** Opens a place in the window, e.g. `/data?dataset=customers`, on the sample project or another one. */
export async function open(page: Page, route: string, { host, project = host?.project ?? currentProject }: { host?: WebHost | undefined; project?: string | undefined } = {}): Promise<void> {
  const address = await entryOf(host).address(page, route, project)
  await page.goto(address)
  await page.locator('#main').waitFor()
}

/** Asks the engine as the page does, in the page's session; for what a spec needs to be so, not for what it shows. */
export async function callEngine<N extends MethodName>(page: Page, name: N, input: MethodInput<N>, host?: WebHost): Promise<MethodOutput<N>> {
  return valueOf(resultSchema.parse(await entryOf(host).call(page, name, input))) as MethodOutput<N>
}

/** Keeps a picture of the page as it is, to be looked at. */
export async function screenshot(page: Page, name: string, theme: (typeof themes)[number]): Promise<void> {
  const { width = 0, height = 0 } = page.viewportSize() ?? {}
  await page.screenshot({ path: join(shots, `${name}-${theme}-${String(width)}x${String(height)}.png`), animations: 'disabled' })
}

/** Keeps pictures of the page in both themes and sizes. */
export async function screenshots(page: Page, name: string): Promise<void> {
  for (const { width, height } of sizes) {
    await page.setViewportSize({ width, height })
    for (const theme of themes) {
      await useTheme(page, theme)
      await screenshot(page, name, theme)
    }
  }
  await page.setViewportSize(sizes[0])
  await useTheme(page, 'light')
}
