import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { checkAccessibility, expect, open, screenshots, startWebHost, test } from './fixture.ts'

/** Machines that fail or not: `vibration` says much, `batch` nothing, and `repair_cost` is only there once a machine has failed. */
function machines(): string {
  const rows = Array.from({ length: 420 }, (_, row) => {
    const vibration = ((row * 37) % 101) / 10
    const fails = vibration + ((row * 13) % 29) / 10 > 8.4
    return [`M-${String(1000 + row)}`, vibration, ['north', 'south', 'east'][row % 3], (row * 7) % 17, fails ? 100 + (row % 9) : '', fails ? 'yes' : 'no'].join(',')
  })
  return `machine,vibration,plant,batch,repair_cost,failed\n${rows.join('\n')}\n`
}

/** Counts what the user clicks. */
function countedClicks(): { readonly count: () => number; click(button: Locator): Promise<void> } {
  let clicks = 0
  return {
    count: () => clicks,
    async click(button) {
      clicks += 1
      await button.click({ timeout: 20_000 })
    },
  }
}

test('own data become a model in at most eight clicks, and a column that gives the answer away is found before', async ({ page }) => {
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'millrace-own-data-'))
  writeFileSync(join(folder, 'machines.csv'), machines())
  const host = await startWebHost({})
  const user = countedClicks()
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  const picker = page.getByRole('dialog', { name: 'Choose a file with data' })
  try {
    await open(page, '/home', { host })
    await user.click(button('Choose file'))
    await expect(picker.getByLabel('Folder', { exact: true })).toHaveValue(/./)
    await picker.getByLabel('Folder', { exact: true }).fill(folder)
    await picker.getByLabel('Folder', { exact: true }).press('Enter')
    await user.click(picker.getByRole('button', { name: 'machines.csv' }))
    await user.click(picker.getByRole('button', { name: 'Choose file' }))
    await expect(page.getByRole('region', { name: 'First rows of the file' })).toContainText('M-1000')
    await expect(page.getByRole('combobox', { name: 'Predict' })).toHaveValue(/^failed/)
    await expect(page.getByText('Column "repair_cost" has a value only where "failed" is "yes"')).toBeVisible({ timeout: 60_000 })
    await checkAccessibility(page)
    await screenshots(page, 'new')
    await user.click(button('Leave it out'))
    await user.click(button('Train'))
    await expect(page.getByRole('progressbar', { name: 'Progress of the run' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'How good is it?' })).toBeVisible({ timeout: 180_000 })
    await expect(page.getByText('Knowing nothing')).toBeVisible()
    await expect(page.getByText(/ROC AUC 0\.\d+/).first()).toBeVisible()
    await checkAccessibility(page)
    await screenshots(page, 'new-result')
    expect(user.count()).toBeLessThanOrEqual(8)
  } finally {
    // The page would complain that its engine is gone.
    await page.goto('about:blank')
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a file that cannot be read says why, and another can be chosen', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-own-data-'))
  writeFileSync(join(folder, 'broken.parquet'), 'PAR1 but no more than that')
  await open(page, `/new?path=${encodeURIComponent(join(folder, 'broken.parquet'))}`)
  await expect(page.getByRole('alert')).toContainText('broken.parquet', { timeout: 30_000 })
  await page.getByRole('button', { name: 'Choose another file' }).click()
  await expect(page.getByRole('dialog', { name: 'Choose a file with data' })).toBeVisible()
  rmSync(folder, { recursive: true, force: true })
})

test('a file with short lines is read another way on the spot', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-own-data-'))
  writeFileSync(join(folder, 'ragged.csv'), 'size,label\n1,yes\n3\n4,no\n')
  await open(page, `/new?path=${encodeURIComponent(join(folder, 'ragged.csv'))}`)
  await expect(page.getByRole('alert')).toContainText('A line has the wrong number of fields', { timeout: 30_000 })
  await checkAccessibility(page)
  await page.getByRole('combobox', { name: 'Short lines' }).click()
  await page.getByRole('option', { name: 'fill with missing' }).click()
  await expect(page.getByRole('region', { name: 'First rows of the file' })).toContainText('blank')
  rmSync(folder, { recursive: true, force: true })
})
