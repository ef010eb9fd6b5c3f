import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, open, test } from './fixture.ts'

test('a file of the browser’s machine is handed over, and is found among the uploads', async ({ page, host }) => {
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-own-')), 'my ünits.csv')
  writeFileSync(file, 'a,b\n1,2\n')
  await open(page, '/home')
  await page.getByRole('button', { name: 'Choose file' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a file with data' })
  await expect(dialog.getByRole('list', { name: 'Places' }).getByRole('button').first()).toBeVisible()
  const place = join(host.home, 'Millrace', 'uploads', 'my ünits.csv')
  const chooser = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Send a file from this browser' }).click()
  await (await chooser).setFiles(file)
  await expect.poll(() => (existsSync(place) ? readFileSync(place, 'utf8') : undefined)).toBe('a,b\n1,2\n')
})

test('a file that is dropped is read; one that is dropped beside the place for it does not replace the window', async ({ page }) => {
  await open(page, '/home')
  const dropped = (name: string) =>
    page.evaluateHandle((name) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['height,weight\n180,80\n170,70\n'], name, { type: 'text/csv' }))
      return transfer
    }, name)
  const beside = await page.evaluate((transfer) => {
    const event = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    return { prevented: event.defaultPrevented, address: location.hash }
  }, await dropped('stray.csv'))
  expect(beside).toEqual({ prevented: true, address: '#/home' })
  await page.getByRole('heading', { name: 'From my data' }).dispatchEvent('drop', { dataTransfer: await dropped('dropped.csv') })
  await expect(page.getByRole('region', { name: 'First rows of the file' })).toContainText('180', { timeout: 30_000 })
  await expect(page).toHaveURL(/uploads.*dropped\.csv/)
})
