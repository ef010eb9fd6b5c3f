import type { Page } from '@playwright/test'
import { expect, open, test } from './fixture.ts'

/** Screens are loaded when they are shown first, and some have threads of their own that start then. */
const patient = { timeout: 30_000 }

async function go(page: Page, link: RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: link }).click()
}

test('a tour through the sample: each screen shows what came of the run', { tag: '@desktop' }, async ({ page }) => {
  test.setTimeout(120_000)
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true })
  await open(page, '/home')
  await expect(page.getByRole('row', { name: /millrace-sample/ })).toContainText(/ROC AUC 0\.\d{3}/, patient)
  await go(page, /^Pipeline/)
  await expect(page.locator('[data-step="train"]')).toContainText(/ran|reused/, patient)
  await expect(page.locator('.cm-content')).toContainText('uses: train/model')
  await go(page, /^Ingest/)
  await expect(heading('churn')).toBeVisible()
  await expect(page.getByText('6,014 rows', { exact: true })).toBeVisible(patient)
  await expect(page.locator('.ag-row[row-index="0"]')).toContainText('C-1', patient)
  await go(page, /^Features/)
  await page.getByRole('button', { name: 'monthly_charge', exact: true }).click(patient)
  await expect(page.getByText(/^All 4,\d{3} training rows in/)).toBeVisible(patient)
  await go(page, /^Train/)
  await expect(page.getByRole('grid', { name: 'Leaderboard' }).getByText(/^r\d{4}$/).first()).toBeVisible(patient)
  await go(page, /^Evaluate/)
  await expect(page.getByText(/^ROC AUC 0\.\d{3} \(95 % interval/)).toBeVisible(patient)
  await expect(page.getByRole('img', { name: 'Precision by recall' }).locator('.main-svg').first()).toBeVisible(patient)
  await go(page, /^Deploy/)
  await expect(heading('churn')).toBeVisible()
  await expect(page.getByText('Probability that churned is Yes')).toBeVisible(patient)
  await go(page, /^Monitor/)
  await expect(heading('Monitoring')).toBeVisible()
  await go(page, /^Activity/)
  await expect(heading('Activity')).toBeVisible()
  await go(page, /^Settings/)
  await expect(heading('Settings')).toBeVisible()
})
