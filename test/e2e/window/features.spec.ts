import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, open, test } from './fixture.ts'

test('a recipe is changed with a preview, undone and saved into the pipeline file', { tag: '@desktop' }, async ({ page, project }) => {
  test.setTimeout(120_000)
  const file = join(project, 'churn.yaml')
  const before = await readFile(file, 'utf8')
  await open(page, '/features')
  await page.getByRole('button', { name: 'monthly_charge', exact: true }).click({ timeout: 30_000 })
  await expect(page.getByText(/^All 4,\d{3} training rows in/)).toBeVisible({ timeout: 30_000 })

  await page.getByRole('button', { name: 'Set by hand' }).click()
  await page.getByRole('button', { name: 'Remove Limit' }).click()
  await expect(page.getByRole('button', { name: 'Remove Limit' })).toBeHidden()
  await page.getByRole('button', { name: 'Undo 2 changes' }).click()
  await expect(page.getByRole('button', { name: 'Remove Limit' })).toBeVisible()
  await page.keyboard.press('Control+Shift+Z')
  await expect(page.getByRole('button', { name: 'Remove Limit' })).toBeHidden()

  const formula = page.getByRole('textbox', { name: /New column by formula/ })
  await formula.fill('per_month = monthly_charg / tenure_months')
  await expect(page.getByText('Did you mean "monthly_charge"?')).toBeVisible({ timeout: 15_000 })
  await formula.fill('per_month = monthly_charge / max(tenure_months, 1)')
  await page.getByRole('button', { name: 'Add column' }).click({ timeout: 15_000 })
  await expect(page.getByRole('heading', { name: 'per_month' })).toBeVisible()

  await page.getByRole('button', { name: 'Save recipe' }).click()
  await expect(page.getByText('The recipe is saved')).toBeVisible()
  const saved = await readFile(file, 'utf8')
  expect(saved).toMatch(/per_month: "?monthly_charge \/ max\(tenure_months, 1\)"?/)
  expect(saved).toMatch(/monthly_charge:\n +- transform: yeo-johnson\n +params: \{ least: 2 \}\n +- impute\n +- scale\n/)
  expect(saved).toContain('# the same as signup_date.')
  expect(saved).not.toBe(before)
  await page.reload()
  await expect(page.getByRole('button', { name: 'per_month', exact: true })).toBeVisible({ timeout: 30_000 })
})
