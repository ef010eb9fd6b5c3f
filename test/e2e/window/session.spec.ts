import { callEngine, expect, open, test } from './fixture.ts'

test.describe('the printed address', () => {
  test.use({ expectedComplaints: /401/ })

  test('opens the window once; another browser without it is refused, a second tab of the same is not', async ({ page, host, browser }) => {
    const address = await host.address()
    await page.goto(address)
    await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
    // Neither the token nor the project stays in the address.
    expect(page.url().startsWith(`${host.origin}/#/`)).toBe(true)

    const tab = await page.context().newPage()
    await tab.goto(host.origin)
    await expect(tab.locator('#root')).not.toBeEmpty()
    await tab.close()

    const stranger = await browser.newContext()
    const other = await stranger.newPage()
    for (const place of [address, host.origin]) expect((await other.goto(place))?.status(), place).toBe(401)
    expect((await stranger.request.get(`${host.origin}/api/events`)).status()).toBe(401)
    await other.goto(host.origin)
    await expect(other.getByText('opens with the address that Millrace prints')).toBeVisible()
    await stranger.close()
  })
})

test('many tabs show the same window at once', async ({ page, project }) => {
  await open(page, '/home')
  const tabs = [page]
  // A browser keeps six connections to a host open: a stream per tab would stop the seventh.
  while (tabs.length < 8) {
    const tab = await page.context().newPage()
    await open(tab, '/home')
    tabs.push(tab)
  }
  const last = tabs.at(-1) ?? page
  await callEngine(last, 'pipelines.run', { project, file: 'churn.yaml' })
  for (const tab of [page, last]) {
    await tab.bringToFront()
    await tab.goto(tab.url().replace(/#.*/, '#/activity'))
    await expect(tab.getByText('Run churn').first()).toBeVisible()
  }
  for (const tab of tabs.slice(1)) await tab.close()
})

test('a page of another port of this machine cannot ask the engine, though the browser would send it the cookie', async ({ page, host }) => {
  await open(page, '/home')
  const tab = await page.context().newPage()
  await tab.route('http://127.0.0.1:9/', (route) => route.fulfill({ contentType: 'text/html', body: '<title>another</title>' }))
  await tab.goto('http://127.0.0.1:9/')
  for (const mode of ['cors', 'no-cors'] as const) {
    const asked = await tab.evaluate(
      async ([origin, mode]) => fetch(`${origin}/api/call/app.info`, { method: 'POST', mode, credentials: 'include' }).then(() => 'answered', () => 'refused'),
      [host.origin, mode] as const,
    )
    expect(asked, mode).toBe('refused')
  }
  await tab.close()
})
