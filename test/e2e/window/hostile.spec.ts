import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { callEngine, checkAccessibility, expect, open, test } from './fixture.ts'

const values = ['<b>bold</b>', '<a href="https://x.example">y</a>', '=HYPERLINK("https://x.example")', 'a\u202Ecod.exe', '<script>globalThis.hacked = 1</script>', 'x'.repeat(1_000_000)] as const
const kind = '<i>kind</i>'

/** A table whose names, categories and target hold markup, formulas and marks that turn the writing around. */
function hostileTable(): string {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const rows = Array.from({ length: 240 }, (_, row) => {
    // Twice is enough for a place among the categories.
    const value = row === 7 || row === 8 ? values[5] : (values[row % 5] ?? '')
    return `${String(row)},${quoted(value)},${String(row % 40)},${quoted(row % 3 === 0 ? '<u>yes</u>' : '=no')}`
  })
  return `id,${kind},<s>size</s>,${quoted('<q>target</q>')}\n${rows.join('\n')}\n`
}

const side = (page: Page) => page.getByRole('complementary', { name: 'Column' })

async function plotCsv(page: Page): Promise<string> {
  await side(page).getByRole('button', { name: /^Save or list: / }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Save as CSV' }).click()])
  return readFileSync(await download.path(), 'utf8')
}

test('names and categories that hold markup and formulas are drawn as they are written, and saved without harm', async ({ page, project }) => {
  test.setTimeout(120_000)
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-hostile-')), 'markup.csv')
  writeFileSync(file, hostileTable())
  await open(page, '/home')
  const { job } = await callEngine(page, 'datasets.import', { project, paths: [file] })
  await expect.poll(async () => (await callEngine(page, 'activity.get', { job })).state, { timeout: 60_000 }).toBe('succeeded')

  await open(page, `/data?dataset=markup&column=${encodeURIComponent(kind)}`)
  const plot = side(page).getByRole('img', { name: `Rows by ${kind}` })
  await expect(plot.locator('svg.main-svg').first()).toBeVisible({ timeout: 30_000 })
  const ticks = plot.locator('.ytick text')
  await expect(ticks.filter({ hasText: '<b>bold</b>' })).toHaveCount(1)
  await expect(ticks.filter({ hasText: 'a\uFFFDcod.exe' })).toHaveCount(1)
  expect(Math.max(...(await ticks.allTextContents()).map(({ length }) => length))).toBeLessThan(40)
  await expect(plot.locator('a, b, script, [style*="bold"]')).toHaveCount(0)
  await checkAccessibility(page)

  const csv = await plotCsv(page)
  expect(csv.split('\r\n')[0]).toContain(kind)
  expect(csv).toContain(`"'=HYPERLINK(""https://x.example"")"`)

  await page.goto(page.url().replace(/column=[^&]*/, `column=${encodeURIComponent('<s>size</s>')}`))
  const sizes = side(page).getByRole('img', { name: 'Rows by <s>size</s>' })
  await expect(sizes.locator('.xtitle')).toHaveText('<s>size</s>')
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
})
