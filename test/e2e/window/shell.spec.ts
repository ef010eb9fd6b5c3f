import type { Page } from '@playwright/test'
import { checkAccessibility, expect, open, screenshots, test } from './fixture.ts'

const focused = (page: Page) => page.locator(':focus')
const background = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)

async function openHome(page: Page): Promise<void> {
  await open(page, '/home')
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeVisible()
}

test('every screen of the loop is a digit away, and the rail says where one is @desktop', async ({ page }) => {
  await openHome(page)
  const loop = page.getByRole('list', { name: 'The loop' })
  await expect(loop.getByRole('link', { name: /Ingest done/ })).toContainText('rows')
  for (const [key, stage, route] of [['4', 'Train', '/experiments'], ['5', 'Evaluate', '/model'], ['7', 'Monitor', '/monitoring'], ['3', 'Features', '/features']] as const) {
    await page.keyboard.press(key)
    await expect(page).toHaveURL(new RegExp(`#${route}`))
    await expect(loop.getByRole('link', { name: new RegExp(`^${stage}`) })).toHaveAttribute('aria-current', 'page')
  }
  await page.keyboard.press('0')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await page.keyboard.press('Control+j')
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible()
})

test('the palette finds commands by their words', async ({ page }) => {
  await openHome(page)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('textbox', { name: 'Search, or type a command' })
  await expect(field).toBeFocused()
  await checkAccessibility(page)
  await screenshots(page, 'palette')
  await field.fill('no such words')
  await expect(page.getByText('No command has these words')).toBeVisible()
  await field.fill('keyboard')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await checkAccessibility(page)
  await screenshots(page, 'keyboard')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the window is used by keyboard alone, and what has the focus is seen', async ({ page }) => {
  await openHome(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Project: millrace-sample' })).toBeFocused()
  for (let stop = 0; stop < 20; stop += 1) {
    const ring = await focused(page).evaluate((element) => {
      const { boxShadow, outlineStyle, borderColor } = getComputedStyle(element)
      return { drawn: boxShadow !== 'none' || outlineStyle !== 'none', what: element.outerHTML.slice(0, 200), borderColor }
    })
    expect(ring.drawn, ring.what).toBe(true)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Control+p')
  await expect(page.getByRole('menuitem', { name: 'All projects' })).toBeVisible()
  await checkAccessibility(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  const rail = page.getByRole('navigation', { name: 'Project' })
  await rail.getByRole('link', { name: 'Settings' }).focus()
  await page.keyboard.press('F6')
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1)
  await page.keyboard.press('Shift+F6')
  await expect(rail.getByRole('link', { name: 'Settings' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
})

test('light and dark follow the system until the user chooses, and the choice stays @desktop', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await openHome(page)
  const [light, dark] = ['rgb(239, 242, 243)', 'rgb(15, 21, 24)']
  expect(await background(page)).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe(dark)
  await page.getByRole('button', { name: 'Switch to light' }).click()
  expect(await background(page)).toBe(light)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Switch to dark' })).toBeVisible()
  expect(await background(page)).toBe(light)
  await open(page, '/settings')
  await page.getByText('As the system').click()
  await expect(async () => {
    // The stand-in's system answers by its own connection to the page, over which the last word is had here.
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await background(page)).toBe(dark)
  }).toPass()
})

test('nothing jumps while screens arrive', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: { size: number; place: string }[] = []
    Reflect.set(globalThis, 'shifts', shifts)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] }[]) {
        const place = entry.sources[0]?.node
        if (!entry.hadRecentInput) shifts.push({ size: entry.value, place: place instanceof Element ? place.outerHTML.slice(0, 120) : String(place?.nodeName) })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await openHome(page)
  for (const route of ['/activity', '/settings', '/monitoring', '/experiments'] as const) {
    await page.evaluate((next) => {
      location.hash = next
    }, route)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
    await page.waitForTimeout(300)
  }
  // Half of what the web's own measure (cumulative layout shift, web.dev/cls) calls good, over all five screens.
  const shifts = await page.evaluate(() => Reflect.get(globalThis, 'shifts') as { size: number; place: string }[])
  expect(shifts.reduce((sum, { size }) => sum + size, 0), JSON.stringify(shifts)).toBeLessThan(0.05)
})

// Wider windows: screens.spec.ts.
test('nothing is cut off sideways in a small window', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 560 })
  for (const route of ['/home', '/activity', '/settings', '/monitoring'] as const) {
    await open(page, route)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth), route).toBeLessThanOrEqual(800)
    for (const pane of await page.locator('[data-pane=work], [data-pane=side]').all()) expect(await pane.evaluate((element) => element.scrollWidth - element.clientWidth), route).toBe(0)
  }
})

test.describe('a screen that cannot be loaded', () => {
  test.use({ expectedComplaints: /Failed to (load resource|fetch dynamically)|ERR_FAILED|error loading dynamically imported/ })

  test('says so, and the rest of the window goes on', async ({ page }) => {
    await openHome(page)
    await page.route('**/assets/monitoring-*.js', (route) => route.abort())
    await page.getByRole('link', { name: /^Monitor/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'This screen failed' })).toBeVisible()
    await checkAccessibility(page)
    await screenshots(page, 'screen-failed')
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await page.unroute('**/assets/monitoring-*.js')
    await page.getByRole('link', { name: /^Monitor/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Monitoring' })).toBeVisible()
  })
})
