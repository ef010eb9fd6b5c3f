import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, open, test } from './fixture.ts'

test('a file of the browser’s machine is handed over, and is found among the uploads', async ({ page, host }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-own-')), 'my ünits.csv')
  writeFileSync(file, 'a,b\n1,2\n')
  await open(page, '/home')
  await page.getByRole('button', { name: 'Choose file' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Send a file from this browser' }).click()
  await (await chooser).setFiles(file)
  const place = join(host.home, 'Millrace', 'uploads', 'my ünits.csv')
  await expect.poll(() => (existsSync(place) ? readFileSync(place, 'utf8') : undefined)).toBe('a,b\n1,2\n')
})
