import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import { callEngine, checkAccessibility, expect, open, test, useTheme } from './fixture.ts'

/** The reader of features has a thread of its own, which starts with the first column. */
const patient = { timeout: 60_000 }

const plot = (page: Page) => page.getByRole('img', { name: /^Rows by / }).first()

async function save(page: Page, what: string): Promise<Download> {
  await page.getByRole('button', { name: /^Save or list: Rows by / }).first().click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: what }).click()])
  return download
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFileSync(await download.path())
}

test('a plot is drawn under the strict policy, in the colours of either theme, and saved as PNG, SVG and CSV', async ({ page, host }) => {
  await open(page, '/home')
  await callEngine(page, 'pipelines.run', { project: host.project ?? '', file: 'churn.yaml' })
  await expect(page.getByRole('contentinfo')).toContainText('Nothing is running', patient)
  await open(page, '/features?column=monthly_charge')
  await expect(plot(page).locator('svg.main-svg').first()).toBeVisible(patient)
  await checkAccessibility(page)

  const tick = plot(page).locator('.xtick text').first()
  const color = (): Promise<string> => tick.evaluate((element) => getComputedStyle(element).fill)
  const light = await color()
  await useTheme(page, 'dark')
  await expect.poll(color).not.toBe(light)
  await useTheme(page, 'light')
  await expect.poll(color).toBe(light)

  const png = await save(page, 'Save as PNG')
  expect(png.suggestedFilename()).toMatch(/^rows-by-.*\.png$/)
  const picture = await bytesOf(png)
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.length).toBeGreaterThan(2000)
  const svg = (await bytesOf(await save(page, 'Save as SVG'))).toString()
  expect(svg).toMatch(/^<svg/)
  expect(svg).not.toContain('var(')
  const csv = (await bytesOf(await save(page, 'Save as CSV'))).toString()
  expect(csv.split('\r\n').length).toBeGreaterThan(3)

  await page.getByRole('button', { name: /^Save or list: Rows by / }).first().click()
  await page.getByRole('menuitem', { name: 'Show the numbers' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('table')).toBeVisible()
  expect(await dialog.getByRole('row').count()).toBe(csv.trim().split('\r\n').length)
  await checkAccessibility(page)
})
