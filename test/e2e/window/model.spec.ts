import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixture.ts'

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
}

test('a model is looked at from all sides: quality, costs, importance, parts, rows and card', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page, '/model')
  await expect(page.getByText(/^ROC AUC 0\.\d{3} \(95 % interval/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('img', { name: 'Precision by recall' }).locator('.main-svg').first()).toBeVisible({ timeout: 30_000 })

  await page.getByRole('textbox', { name: 'A miss costs' }).fill('20')
  const cheapest = page.getByRole('button', { name: /^Use the cheapest threshold/ })
  await cheapest.click()
  await expect(cheapest).toBeHidden()
  await expect(page.getByText(/^At 0\.\d\d, the mistakes on the test rows cost [\d,]+: [\d,]+ less than at 0\.50\.$/)).toBeVisible()

  await tab(page, 'Importance')
  await expect(page.getByRole('img', { name: /^Column by ROC AUC lost when it is shuffled/ }).locator('.main-svg').first()).toBeVisible({ timeout: 30_000 })

  await tab(page, 'Slices')
  await expect(page.getByRole('grid', { name: 'Slices' }).getByText('worse').first()).toBeVisible()

  await tab(page, 'Samples')
  const samples = page.getByRole('grid', { name: 'Test rows' })
  await expect(samples.getByText('C-1').first()).toBeVisible({ timeout: 30_000 })
  await page.getByRole('combobox', { name: 'Which test rows' }).click()
  await page.getByRole('option', { name: 'the most wrong' }).click()
  await expect(samples.getByText('wrong').first()).toBeVisible({ timeout: 15_000 })

  await tab(page, 'Card')
  await expect(page.getByText(/^Says how probable it is that churned is Yes/)).toBeVisible({ timeout: 15_000 })
})

test('one row: a changed value changes the prediction', async ({ page }) => {
  test.setTimeout(120_000)
  await open(page, '/model?tab=what-if')
  const answer = page.getByRole('region', { name: 'The prediction' })
  await expect(answer.getByText('Probability that churned is Yes')).toBeVisible({ timeout: 30_000 })
  const main = answer.locator('[aria-live=polite] p').nth(1)
  const before = await main.textContent()
  await page.getByRole('textbox', { name: 'tenure_months' }).fill('1')
  await expect(main).not.toHaveText(before ?? '', { timeout: 15_000 })
  await expect(answer.getByText('What makes this row unlike a usual one')).toBeVisible()
})

test('the bundle and the card are exported', async ({ page }) => {
  test.setTimeout(120_000)
  const folder = await mkdtemp(join(tmpdir(), 'millrace-export-'))
  await open(page, '/model')
  const exported = async (item: string, name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Export', exact: true }).click({ timeout: 30_000 })
    await page.getByRole('menuitem', { name: item }).click()
    const dialog = page.getByRole('dialog', { name: item })
    await expect(dialog.getByRole('textbox', { name: 'Folder' })).toHaveValue(/./)
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder)
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: /^Export churn@/ }).click()
    await expect(dialog.getByText(`Written to ${join(folder, name)}`)).toBeVisible({ timeout: 30_000 })
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  }
  await exported('Model as a folder', 'bundle')
  expect((await readdir(join(folder, 'bundle'))).toSorted()).toEqual(['MODEL_CARD.md', 'choice.json', 'curves.json', 'model.json', 'weights.bin'])
  await exported('Model card as Markdown', 'card.md')
  expect(await readFile(join(folder, 'card.md'), 'utf8')).toContain('# Model card: churn@')
})
