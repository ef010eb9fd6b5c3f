import { lineTo } from './cuttable-line.ts'
import { callEngine, expect, open, sampleProject, startWebHost, test } from './fixture.ts'

test.use({ expectedComplaints: /Failed to load resource/ })

test('a connection that is lost comes back while the work goes on', async ({ page, host }) => {
  const line = await lineTo(host.port)
  await open(page, '/activity', { host: { ...host, origin: line.origin } })
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
  await callEngine(page, 'pipelines.run', { project: host.project ?? '', file: 'churn.yaml', set: ['train.estimator=naive-bayes'] })
  await expect(page.getByRole('contentinfo')).not.toContainText('Nothing is running')
  await line.cut()
  await expect(page.getByText('Millrace does not answer.')).toBeVisible()
  await line.mend()
  await expect(page.getByText('Millrace does not answer.')).toBeHidden()
  await expect(page.getByRole('contentinfo')).toContainText('Nothing is running', { timeout: 60_000 })
  await line.cut()
})

test('an engine that crashes under a run and is started anew asks for its new address, and takes the run up', async ({ page }) => {
  test.setTimeout(120_000)
  const project = await sampleProject()
  const first = await startWebHost({ project })
  await open(page, '/home', { host: first })
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
  const { job } = await callEngine(page, 'pipelines.run', { project, file: 'churn.yaml', set: ['train.estimator=gradient-boosting'] }, first)
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job }, first)).step, { timeout: 30_000 }).toBe('train')
  await first.kill()
  await expect(page.getByText('Millrace does not answer.')).toBeVisible()
  const second = await startWebHost({ port: first.port, home: first.home })
  await expect(page.getByText('Millrace was started anew.')).toBeVisible({ timeout: 30_000 })
  await page.goto(await second.address())
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
  await page.goto(page.url().replace(/#.*/, '#/pipeline?file=churn.yaml'))
  await expect(page.getByText('r0002 · interrupted')).toBeVisible({ timeout: 30_000 })
  const step = (key: string) => page.locator(`[data-step="${key}"]`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  // What was finished before the crash is not done again.
  await expect(step('split')).toContainText('reused', { timeout: 30_000 })
  await page.goto('about:blank')
  await second.stop()
})
