import type { Page } from '@playwright/test'
import { callEngine, checkTheme, expect, open, sampleProject, screenshot, sizes, startWebHost, test, themes, useTheme } from './fixture.ts'

type Screen = {
  /** Name of its pictures. */
  readonly name: string
  readonly route: string
  /** What is there once everything has arrived. */
  ready(page: Page): Promise<void>
}

const drawn = (page: Page, plot: RegExp | string) => expect(page.getByRole('img', { name: plot }).locator('.main-svg').first()).toBeVisible()
const text = (page: Page, words: RegExp | string) => expect(page.getByText(words).first()).toBeVisible()

/** Every screen of the window, and every view of a model, on the sample project. */
const screens = (project: string): readonly Screen[] => [
  {
    name: 'home',
    route: '/home',
    async ready(page) {
      await expect(page.getByRole('row', { name: /millrace-sample/ })).toContainText(/ROC AUC 0\.\d{3}/)
      await text(page, 'passed')
    },
  },
  {
    name: 'new',
    route: `/new?path=${encodeURIComponent(`${project}/data/customers.csv`)}`,
    async ready(page) {
      await expect(page.getByRole('region', { name: 'First rows of the file' })).toContainText('C-1')
      await expect(page.getByRole('combobox', { name: 'Predict' })).toHaveValue(/^churned/)
    },
  },
  {
    name: 'data',
    route: '/data?dataset=churn&column=data_used_gb',
    async ready(page) {
      await expect(page.locator('.ag-row').first()).toContainText('C-1')
      await text(page, 'Median')
      await drawn(page, 'Rows by data_used_gb')
    },
  },
  { name: 'data-columns', route: '/data?dataset=churn&tab=columns', ready: (page) => expect(page.getByRole('grid', { name: 'Columns' })).toContainText('churned') },
  { name: 'data-versions', route: '/data?dataset=churn&tab=versions', ready: (page) => text(page, 'the first version') },
  { name: 'data-findings', route: '/data?dataset=churn&tab=findings', ready: (page) => text(page, 'While the file was read') },
  {
    name: 'pipeline',
    route: '/pipeline?file=churn.yaml&step=train',
    async ready(page) {
      await expect(page.locator('[data-step=deploy]')).toContainText(/ran|reused/)
      await expect(page.getByRole('combobox', { name: 'Estimator' })).toBeVisible()
    },
  },
  {
    name: 'features',
    route: '/features?column=monthly_charge',
    async ready(page) {
      await text(page, /^All 4,\d{3} training rows in/)
      await drawn(page, /^Rows by /)
    },
  },
  {
    name: 'experiments',
    route: '/experiments?runs=r0001,r0002',
    async ready(page) {
      await expect(page.getByRole('heading', { name: 'Compare 2 runs' })).toBeVisible()
      await drawn(page, / by rounds$/)
    },
  },
  { name: 'experiments-candidates', route: '/experiments?tab=candidates', ready: (page) => expect(page.getByRole('grid', { name: 'Candidates' })).toContainText('chosen') },
  { name: 'model', route: '/model?run=r0001', ready: (page) => drawn(page, 'Precision by recall') },
  { name: 'model-importance', route: '/model?run=r0001&tab=importance', ready: (page) => drawn(page, /^Column by /) },
  { name: 'model-slices', route: '/model?run=r0001&tab=slices', ready: (page) => text(page, 'worse') },
  { name: 'model-what-if', route: '/model?run=r0001&tab=what-if', ready: (page) => text(page, 'Probability that churned is Yes') },
  { name: 'model-samples', route: '/model?run=r0001&tab=samples', ready: (page) => expect(page.getByRole('grid', { name: 'Test rows' })).toContainText('C-1') },
  { name: 'model-card', route: '/model?run=r0001&tab=card', ready: (page) => text(page, /^Says how probable it is that churned is Yes/) },
  { name: 'deployments', route: '/deployments', ready: (page) => text(page, 'Probability that churned is Yes') },
  { name: 'monitoring', route: '/monitoring', ready: (page) => expect(page.getByRole('link', { name: 'Open deployments' })).toBeVisible() },
  { name: 'activity', route: '/activity', ready: (page) => expect(page.getByRole('region', { name: 'Ended' })).toContainText('Run churn') },
  { name: 'settings', route: '/settings', ready: (page) => expect(page.getByRole('switch', { name: 'Ask before deleting' })).toBeChecked() },
  { name: 'settings-devices', route: '/settings?section=devices', ready: (page) => text(page, 'in use, self-test passed') },
  { name: 'settings-privacy', route: '/settings?section=privacy', ready: (page) => expect(page.getByRole('tab', { name: 'Privacy' })).toHaveAttribute('aria-selected', 'true') },
  { name: 'settings-keyboard', route: '/settings?section=keyboard', ready: (page) => text(page, 'Open the command palette') },
]

/** Neither the page nor one of its panes is wider than its room; plots follow a change of size by a moment. */
async function expectNothingSideways(page: Page): Promise<void> {
  const wider = (): Promise<readonly string[]> =>
    page.evaluate(() => [document.documentElement, ...document.querySelectorAll('[data-pane]')].filter((element) => element.scrollWidth > element.clientWidth).map((element) => `${element.className}: ${String(element.scrollWidth)} > ${String(element.clientWidth)}`))
  await expect.poll(wider, { message: 'what scrolls sideways' }).toEqual([])
}

test('every screen is accessible in both themes, keeps to its width, and is as its pictures show', async ({ page }) => {
  test.setTimeout(240_000)
  // A project that no other spec has changed, with a second run to compare the first with.
  const project = await sampleProject()
  const host = await startWebHost({ project })
  await open(page, '/home', { host })
  const { job } = await callEngine(page, 'pipelines.run', { project, file: 'churn.yaml', set: ['train.estimator=naive-bayes'] }, host)
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job }, host)).state, { timeout: 120_000 }).toBe('succeeded')
  for (const { name, route, ready } of screens(project)) {
    await test.step(name, async () => {
      await page.setViewportSize(sizes[0])
      await page.evaluate((next) => {
        location.hash = next
      }, route)
      await ready(page)
      await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
      for (const theme of themes) {
        await useTheme(page, theme)
        await checkTheme(page, theme)
        for (const size of sizes) {
          await page.setViewportSize(size)
          await expectNothingSideways(page)
          await screenshot(page, name, theme)
        }
        await page.setViewportSize(sizes[0])
      }
      await useTheme(page, 'light')
    })
  }
  // The page would complain that its engine is gone.
  await page.goto('about:blank')
  await host.stop()
})
