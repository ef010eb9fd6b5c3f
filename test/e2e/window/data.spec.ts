import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { callEngine, checkAccessibility, expect, open, screenshots, test } from './fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-data-spec-'))

/** Cells of a row of the grid, by its number. */
const row = (page: Page, number: number) => page.locator(`.ag-row[row-index="${String(number - 1)}"]`)

async function importFile(page: Page, project: string, file: string): Promise<void> {
  const { job } = await callEngine(page, 'datasets.import', { project, paths: [file] })
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job })).state, { timeout: 60_000 }).toBe('succeeded')
}

test('rows are sorted, filtered and found; a column stands beside them', async ({ page }) => {
  await open(page, '/data?dataset=churn')
  await expect(page.getByRole('heading', { level: 1, name: 'churn' })).toBeVisible()
  await expect(row(page, 1)).toContainText('C-104050')
  await expect(page.getByText('6,014 rows', { exact: true })).toBeVisible()
  await expect(page.getByText(/^Rows 1–\d+ of 6,014$/)).toBeVisible()

  await page.getByRole('button', { name: /^tenure_months integer/ }).click()
  await expect(row(page, 1).locator('.ag-cell').nth(4)).toHaveText('0')
  await expect(page.getByText('6,014 rows, by tenure_months')).toBeVisible()
  const side = page.getByRole('complementary', { name: 'Column' })
  await expect(side.getByRole('heading', { name: 'tenure_months' })).toBeVisible()
  await expect(side.getByText('Median')).toBeVisible()
  await expect(side.getByRole('img', { name: 'Rows by tenure_months' })).toBeVisible()

  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Column' }).fill('contract')
  await page.getByRole('option', { name: 'contract' }).click()
  await page.getByRole('combobox', { name: 'Value' }).fill('Two year')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1,396 of 6,014 rows, by tenure_months')).toBeVisible()
  await expect(row(page, 1)).toContainText('Two year')

  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find in the rows' }).fill('premium')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^1 of \d+ rows$/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^2 of \d+ rows$/)).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Take out: contract is Two year' }).click()
  await expect(page.getByText('6,014 rows, by tenure_months')).toBeVisible()
})

test('the grid is used by keyboard: cells are copied, headers sort', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, '/data?dataset=churn')
  await row(page, 1).locator('.ag-cell').nth(1).click()
  await page.keyboard.press('Control+c')
  await expect(page.getByText('Cell copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('C-104050')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(page.getByText('6,014 rows, by customer_id')).toBeVisible()
})

test('a file with hostile contents is previewed, read, shown and exported harmlessly', async ({ page, project }) => {
  const file = join(folder, 'hostile.csv')
  const long = 'x'.repeat(1_000_000)
  writeFileSync(file, `id,html,formula,bidi,long\n1,<script>globalThis.hacked = true</script>,=1+1,a\u202Eb,${long}\n2,<img src=x onerror="globalThis.hacked = true">,+2,c,short\n`)
  await open(page, '/data?dataset=churn')
  await page.getByRole('button', { name: 'Add source' }).click()
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(/./)
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Choose hostile.csv' }).check()
  await page.getByRole('button', { name: 'Choose file' }).click()
  await expect(page.getByRole('dialog').getByText('<script>globalThis.hacked = true</script>')).toBeVisible()
  await checkAccessibility(page)
  await screenshots(page, 'data-import')
  await page.getByRole('button', { name: 'Read the file' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'hostile' })).toBeVisible({ timeout: 30_000 })
  await expect(row(page, 1)).toContainText('<script>')
  await expect(row(page, 1)).toContainText('a\uFFFDb')
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(/./)
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await page.getByRole('textbox', { name: 'Name' }).fill('written')
  await page.getByRole('button', { name: 'Write written.csv' }).click()
  await expect(page.getByText(`Written: ${join(folder, 'written.csv')}`)).toBeVisible()
  expect(readFileSync(join(folder, 'written.csv'), 'utf8')).toContain("'=1+1")
  await page.getByRole('radiogroup', { name: 'Format' }).getByText('Parquet').click()
  await page.getByRole('button', { name: 'Write written.parquet' }).click()
  await expect(page.getByText(`Written: ${join(folder, 'written.parquet')}`)).toBeVisible()
  expect(existsSync(join(folder, 'written.parquet'))).toBe(true)
  expect((await callEngine(page, 'datasets.list', { project })).datasets.some(({ dataset }) => dataset === 'hostile')).toBe(true)
})

test('a file that cannot be read says why, with the way out', async ({ page }) => {
  const file = join(folder, 'ragged.csv')
  writeFileSync(file, 'a,b\n1,2\n3\n4,5\n')
  await open(page, '/data?dataset=churn')
  await page.getByRole('button', { name: 'Add source' }).click()
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue(/./)
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await page.getByRole('button', { name: 'Go', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Choose ragged.csv' }).check()
  await page.getByRole('button', { name: 'Choose file' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('A line has the wrong number of fields')
  await expect(dialog.getByRole('button', { name: 'Read the file' })).toBeDisabled()
  await dialog.getByRole('combobox', { name: 'Short lines' }).click()
  await page.getByRole('option', { name: 'fill with missing' }).click()
  await expect(dialog.getByText('3 rows · 2 columns')).toBeVisible()
})

test('types are set, and the file is read again as a version that says what changed', async ({ page, project }) => {
  const file = join(folder, 'codes.csv')
  writeFileSync(file, `code,amount\n${Array.from({ length: 50 }, (_, i) => `${String(100 + i)},${String(i)}.5`).join('\n')}\n`)
  await open(page, '/data?dataset=churn')
  await importFile(page, project, file)
  await open(page, '/data?dataset=codes&column=code')
  const side = page.getByRole('complementary', { name: 'Column' })
  await side.getByRole('combobox', { name: 'Type' }).click()
  await page.getByRole('option', { name: 'category' }).click()
  await page.getByRole('button', { name: 'Read the file again' }).click()
  await expect(page.getByRole('button', { name: /^v2/ })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('tab', { name: /Versions/ }).click()
  await expect(page.getByText('1 type changed: code integer → category')).toBeVisible()
})
