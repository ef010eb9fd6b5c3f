import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { findBrowser } from '../browser/find-browser.ts'
import { servePage } from './page-server.ts'

// The built page by itself, as its host serves it, with nobody to answer: what it may load, and what it looks like then.

const built = join(import.meta.dirname, '../../../out/renderer')

test.skip(findBrowser() === undefined, 'No Chromium on this machine: install it or set MILLRACE_CHROMIUM to run the window tests.')

let site: Awaited<ReturnType<typeof servePage>>
let complaints: string[]

test.beforeAll(async () => {
  expect(existsSync(join(built, 'index.html')), 'the built page: run "npm run build" first').toBe(true)
  site = await servePage(built)
})

test.afterAll(async () => {
  await site.close()
})

test.beforeEach(async ({ page }) => {
  complaints = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.setViewportSize({ width: 1440, height: 900 })
})

async function open(page: Page): Promise<void> {
  await page.goto(`${site.url}#/experiments`)
  await expect(page.getByRole('heading', { name: 'No project is open' })).toBeVisible()
}

for (const theme of ['light', 'dark'] as const) {
  test(`the page follows a ${theme} system, now and when it switches`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await open(page)
    const background = { light: 'rgb(239, 242, 243)', dark: 'rgb(15, 21, 24)' }
    const shown = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await shown()).toBe(background[theme])
    const other = theme === 'light' ? 'dark' : 'light'
    await page.emulateMedia({ colorScheme: other })
    await expect.poll(shown).toBe(background[other])
  })
}

test('says that nobody answers, and goes on', async ({ page }) => {
  await open(page)
  await expect(page.getByText('Millrace does not answer.')).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('nothing leaves this machine')
})

test('the policy keeps foreign and inline code out, and lets nothing be loaded from elsewhere', async ({ page }) => {
  await open(page)
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
    return 'injected' in globalThis
  })
  expect(ran).toBe(false)
  const reached = await page.evaluate(() => fetch('http://127.0.0.2:9/').then(() => 'reached', () => 'refused'))
  expect(reached).toBe('refused')
  const leaked = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true })
        const style = document.createElement('style')
        style.textContent = 'body { background: url("http://127.0.0.2:9/leak") }'
        document.head.append(style)
      }),
  )
  expect(leaked).toBe('img-src')
  expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(3)
})
