import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import { writeParquet } from '../../../src/main/data/parquet.ts'
import { callEngine, expect, open, test } from './fixture.ts'

/** A row of the grid by its number, counted as users count. */
const row = (page: Page, number: number) => page.locator(`.ag-row[row-index="${String(number - 1)}"]`)

/** Five million rows: `n` counts, `value` takes each of a million numbers five times in another order, `city` is one of three. */
async function manyRows(folder: string): Promise<string> {
  const engine = await openDataEngine({ memoryBytes: 1e9, threads: 2, temporaryFolder: join(folder, 'spill') })
  const file = join(folder, 'millions.parquet')
  await writeParquet(engine, `SELECT i AS n, (['Oslo', 'Rome', 'Bern'])[1 + i % 3] AS city, (i * 7919 % 1000000) / 4 AS value FROM range(5000000) AS rows(i)`, file, 'lz4_raw')
  await engine.close()
  return file
}

test('five million rows are imported, scrolled from end to end, sorted, filtered and found', async ({ page, project }) => {
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'millrace-many-'))
  const patient = { timeout: 60_000 }
  try {
    const file = await manyRows(folder)
    await open(page, '/home')
    const { job } = await callEngine(page, 'datasets.import', { project, paths: [file] })
    await expect.poll(async () => (await callEngine(page, 'activity.get', { job })).state, { timeout: 120_000 }).toBe('succeeded')
    await open(page, '/data?dataset=millions')
    await expect(row(page, 1)).toContainText('Oslo', patient)
    const viewport = page.locator('.ag-grid-viewport')
    await viewport.evaluate((element) => {
      element.scrollTop = element.scrollHeight
    })
    await expect(row(page, 5_000_000)).toContainText('4999999', patient)
    await expect(page.getByText(/^Rows 4,999,\d\d\d–5,000,000 of 5,000,000$/)).toBeVisible()

    await page.getByRole('button', { name: /^value decimal/ }).click()
    await expect(page.getByText('5,000,000 rows, by value')).toBeVisible(patient)
    await viewport.evaluate((element) => {
      element.scrollTop = 0
    })
    // Each number is there five times.
    for (const number of [1, 5]) await expect(row(page, number).locator('.ag-cell').nth(3)).toHaveText('0', patient)
    await expect(row(page, 6).locator('.ag-cell').nth(3)).toHaveText('0.25')

    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByRole('combobox', { name: 'Column' }).fill('city')
    await page.getByRole('option', { name: 'city' }).click()
    await page.getByRole('combobox', { name: 'Value' }).fill('Bern')
    await page.keyboard.press('Enter')
    await expect(page.getByText('1,666,666 of 5,000,000 rows, by value')).toBeVisible(patient)
    await viewport.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2
    })
    await expect(page.getByText(/^Rows 83\d,\d\d\d–83\d,\d\d\d of 1,666,666$/)).toBeVisible()
    await expect(page.locator('.ag-row').nth(12)).toContainText('Bern')

    await page.keyboard.press('Control+f')
    await page.getByRole('textbox', { name: 'Find in the rows' }).fill('4999997')
    await page.keyboard.press('Enter')
    await expect(page.getByText('1 of 1 rows')).toBeVisible(patient)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
