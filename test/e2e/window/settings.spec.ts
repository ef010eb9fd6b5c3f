import { expect, open, test } from './fixture.ts'

test('what is chosen stays', async ({ page }) => {
  await open(page, '/settings')
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).toBeChecked()
  await page.getByText('Ask before deleting').first().click()
  await page.getByRole('switch', { name: 'Ask before deleting' }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).not.toBeChecked()
  await page.reload()
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).not.toBeChecked()
  await page.getByRole('switch', { name: 'Ask before deleting' }).focus()
  await page.keyboard.press('Space')
})

test('devices are tested, and a limit of memory is what the status bar shows', async ({ page }) => {
  await open(page, '/settings?section=devices')
  await expect(page.getByText('in use, self-test passed')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Test the devices' }).click()
  await expect(page.getByText('in use, self-test passed')).toBeVisible({ timeout: 30_000 })
  const field = page.getByRole('textbox', { name: 'Most memory for one step, in GB' })
  await field.fill('2')
  await field.press('Enter')
  await expect(page.getByRole('contentinfo')).toContainText('of 2 GB')
  await page.getByRole('button', { name: 'Remove the limit' }).click()
  await expect(page.getByRole('contentinfo')).not.toContainText('of 2 GB')
})

test('monitoring says what comes later and what works now', async ({ page }) => {
  await open(page, '/monitoring')
  await expect(page.getByRole('heading', { name: 'Deployments are not watched yet' })).toBeVisible()
  await page.getByRole('link', { name: 'Open deployments' }).click()
  await expect(page).toHaveURL(/#\/deployments/)
})
