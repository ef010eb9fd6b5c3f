import { callEngine, checkAccessibility, expect, open, sampleProject, screenshots, startWebHost, test } from './fixture.ts'

test('work is seen while it runs, waits, fails, is cancelled and is tried again', async ({ page }) => {
  const project = await sampleProject()
  // An engine of its own: the list begins empty, and what is cancelled here is no other spec's newest run.
  const host = await startWebHost({ project })
  const run = (file: string, ...set: readonly string[]) => callEngine(page, 'pipelines.run', { project, file, set: [...set], force: set.length > 0 ? ['train'] : [] }, host)
  await open(page, '/activity', { host })
  await expect(page.getByRole('heading', { name: 'Nothing was done since Millrace was started' })).toBeVisible()
  await checkAccessibility(page)
  await screenshots(page, 'activity-empty')

  await run('missing.yaml')
  await run('churn.yaml', 'train.estimator=naive-bayes')
  await expect(page.getByRole('contentinfo')).toContainText('Nothing is running', { timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Ended' })).toContainText('There is no such', { timeout: 30_000 })
  await expect(page.getByRole('link', { name: /^Open r/ })).toBeVisible()

  await run('churn.yaml', 'train.estimator=gradient-boosting')
  await run('churn.yaml', 'train.estimator=random-forest')
  const now = page.getByRole('region', { name: 'Now' })
  await expect(now.getByText('waits for Run churn')).toBeVisible()
  await expect(now.getByRole('progressbar').first()).toBeVisible()
  await checkAccessibility(page)
  await screenshots(page, 'activity')

  await now.getByRole('button', { name: 'Cancel Run churn' }).last().click()
  await expect(page.getByText('cancelled')).toBeVisible()
  await page.getByRole('button', { name: 'Try again: Run churn' }).click()
  await expect(page).toHaveURL(/job=j\d+/)
  // The last first: those that are left keep their places.
  for (const cancel of (await now.getByRole('button', { name: 'Cancel Run churn' }).all()).toReversed()) {
    if (await cancel.isVisible()) await cancel.click()
    const sure = page.getByRole('button', { name: 'Cancel the work' })
    if (await sure.isVisible()) await sure.click()
  }
  await expect(page.getByRole('contentinfo')).toContainText('Nothing is running', { timeout: 60_000 })

  await page.getByRole('gridcell', { name: 'Run missing', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Log of Run missing' }).getByRole('alert')).toBeVisible()
  await checkAccessibility(page)
  await page.getByRole('button', { name: 'Clear ended work' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was done since Millrace was started' })).toBeVisible()
  await host.stop()
})
