import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, open, test } from './fixture.ts'

const table = join(import.meta.dirname, '../../../../shared/data/telco-churn/Telco-Customer-Churn.csv')

/** Of the table, so that it is learnt in seconds. */
const customers = 600

test.skip(!existsSync(table), 'The real table is not here: ../shared/data is absent.')

test('a real table becomes a deployed model that predicts a row and a file', async ({ page, host }) => {
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'millrace-telco-'))
  const file = join(folder, 'telco.csv')
  writeFileSync(file, readFileSync(table, 'utf8').split('\n').slice(0, customers + 1).join('\n'))
  await open(page, `/new?path=${encodeURIComponent(file)}`)
  await expect(page.getByRole('combobox', { name: 'Predict' })).toHaveValue(/^Churn/, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'How good is it?' })).toBeVisible({ timeout: 180_000 })
  await expect(page.getByText(/ROC AUC 0\.[789]\d+/).first()).toBeVisible()
  await page.getByRole('link', { name: 'Score new rows' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'telco' })).toBeVisible()
  await expect(page.getByText('Probability that Churn is Yes')).toBeVisible({ timeout: 30_000 })

  const output = join(folder, 'predicted.csv')
  await page.getByRole('textbox', { name: 'File with rows to predict' }).fill(file)
  await page.getByRole('textbox', { name: 'File of predictions' }).fill(output)
  await page.getByRole('button', { name: 'Predict file' }).click()
  await expect(page.getByText(/^600 rows predicted in/)).toBeVisible({ timeout: 60_000 })
  const [header = '', ...rows] = readFileSync(output, 'utf8').trim().split('\n')
  expect(header).toMatch(/,prediction,p_No,p_Yes$/)
  expect(rows).toHaveLength(customers)
  expect(existsSync(join(host.home, 'Millrace', 'telco', 'project.db'))).toBe(true)
})
