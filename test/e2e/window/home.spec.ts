import { mkdirSync } from 'node:fs'
import { checkAccessibility, expect, open, test } from './fixture.ts'

test('the first screen shows the projects of this machine, how far each is, and what to start from', async ({ page }) => {
  await open(page, '/home')
  const row = page.getByRole('row', { name: /millrace-sample/ })
  await expect(row).toContainText('Binary classification · target churned', { timeout: 20_000 })
  await expect(row).toContainText(/ROC AUC 0\.\d{3}/)
  await expect(page.getByRole('heading', { name: 'millrace-sample, on disk' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'From my data' })).toBeVisible()
  await expect(page.getByText('Self-test', { exact: true })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'millrace-sample', exact: true }).click()
  await expect(page).toHaveURL(/#\/pipeline/)
})

test('a folder that is no project says so, and becomes one', async ({ page }, { outputDir }) => {
  mkdirSync(`${outputDir}/plain`, { recursive: true })
  await open(page, '/home')
  await page.getByRole('button', { name: 'Open folder' }).click()
  const picker = page.getByRole('dialog', { name: 'Open the folder of a project' })
  await expect(picker.getByLabel('Folder', { exact: true })).toHaveValue(/./)
  await picker.getByLabel('Folder', { exact: true }).fill(`${outputDir}/plain`)
  await picker.getByLabel('Folder', { exact: true }).press('Enter')
  await picker.getByRole('button', { name: 'Open this folder' }).click()
  await expect(page.getByRole('alert')).toContainText('This folder is not a Millrace project')
  await page.getByRole('button', { name: 'Make it a project' }).click()
  await expect(page.getByRole('button', { name: 'Project: plain' })).toBeVisible()
})

test('a new project says what is wrong with its folder, and is made', async ({ page }, { outputDir }) => {
  await open(page, '/home')
  await page.getByRole('button', { name: 'New project' }).click()
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByLabel('Folder').fill('/proc/none')
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await expect(dialog.getByRole('alert')).toContainText('/proc/none')
  await checkAccessibility(page)
  await dialog.getByLabel('Folder').fill(`${outputDir}/fresh`)
  await dialog.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByRole('button', { name: 'Project: fresh' })).toBeVisible()
})
