import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { findBrowser } from '../browser/find-browser.ts'
import { servePage } from './page-server.ts'

const root = join(import.meta.dirname, '../../..')
const built = join(root, 'out/renderer')
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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
  await page.goto(site.url)
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
}

async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`the page follows a ${theme} system and is accessible`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await open(page)
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(background).toBe(theme === 'light' ? 'rgb(239, 242, 243)' : 'rgb(15, 21, 24)')
    expect(await axeViolations(page)).toEqual([])
    await page.screenshot({ path: join(root, `out/screenshots/home-${theme}.png`) })
    expect(complaints).toEqual([])
  })
}

test('the theme follows when the system switches', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await open(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveClass('dark')
})

test('says honestly what works today', async ({ page }) => {
  await open(page)
  const loop = page.getByRole('list', { name: 'The loop' }).getByRole('listitem')
  await expect(loop).toHaveText([
    /Ingest.*on the command line/,
    /Prepare.*on the command line/,
    /Features.*on the command line/,
    /Train.*on the command line/,
    /Evaluate.*on the command line/,
    /Deploy.*on the command line/,
    /Monitor.*not there yet/,
    /Retrain.*not there yet/,
  ])
  await expect(page.getByRole('contentinfo')).toContainText('nothing leaves this machine')
  await expect(page.getByRole('contentinfo')).toContainText(/Millrace \d+\.\d+\.\d+/)
})

test('copies a command by keyboard, and the focus is visible', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Home' })).toBeFocused()
  await page.keyboard.press('Tab')
  const button = page.getByRole('button', { name: 'Copy: npm start' })
  await expect(button).toBeFocused()
  expect(await button.evaluate((element) => getComputedStyle(element).boxShadow)).not.toBe('none')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('npm start')
})

test('selects the command where the clipboard is refused', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } })
  })
  await open(page)
  await page.getByRole('button', { name: 'Copy: npm start' }).click()
  await expect(page.getByText('Selected: copy it with Ctrl C')).toBeVisible()
  expect(await page.evaluate(() => window.getSelection()?.toString())).toBe('npm start')
})

for (const [width, height] of [[1440, 900], [1100, 720], [800, 560]] as const) {
  test(`nothing is cut off sideways at ${width}×${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await open(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    for (const pane of await page.locator('.pane, .body').all()) {
      expect(await pane.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
    }
    expect(await axeViolations(page)).toEqual([])
    await page.screenshot({ path: join(root, `out/screenshots/home-${width}.png`) })
  })
}

test('the policy keeps foreign and inline code out', async ({ page }) => {
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
  expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2)
})
