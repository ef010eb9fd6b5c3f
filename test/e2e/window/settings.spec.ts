import { checkAccessibility, expect, open, screenshots, test } from './fixture.ts'

test('every part of the settings is accessible, and what is chosen stays', async ({ page }) => {
  await open(page, '/settings')
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).toBeChecked()
  await checkAccessibility(page)
  await screenshots(page, 'settings')
  await page.getByText('Ask before deleting').first().click()
  await page.getByRole('switch', { name: 'Ask before deleting' }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).not.toBeChecked()
  await page.reload()
  await expect(page.getByRole('switch', { name: 'Ask before deleting' })).not.toBeChecked()
  await page.getByRole('switch', { name: 'Ask before deleting' }).focus()
  await page.keyboard.press('Space')

  for (const [tab, name] of [['Privacy', 'settings-privacy'], ['Keyboard', 'settings-keyboard'], ['Devices and memory', 'settings-devices']] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
    await checkAccessibility(page)
    await screenshots(page, name)
  }
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
  await checkAccessibility(page)
  await screenshots(page, 'monitoring')
  await page.getByRole('link', { name: 'Open deployments' }).click()
  await expect(page).toHaveURL(/#\/deployments/)
})
