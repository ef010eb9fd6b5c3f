import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callEngine, expect, open, test } from './fixture.ts'

test('a file that is written while it is read is refused, and read once it is whole', async ({ page, project }) => {
  test.setTimeout(120_000)
  const file = join(mkdtempSync(join(tmpdir(), 'millrace-growing-')), 'growing.csv')
  const lines = (from: number, count: number): string => Array.from({ length: count }, (_, row) => `${String(from + row)},${String((row * 7919) % 1000)},text ${String(row % 97)}\n`).join('')
  writeFileSync(file, `id,number,words\n${lines(0, 300_000)}`)
  await open(page, '/activity')
  let more = 300_000
  const writer = setInterval(() => appendFileSync(file, lines(more++, 1)), 5)
  try {
    await callEngine(page, 'datasets.import', { project, paths: [file] })
    await expect(page.getByRole('region', { name: 'Ended' })).toContainText(/file changed while it was read/, { timeout: 60_000 })
  } finally {
    clearInterval(writer)
  }
  await page.getByRole('button', { name: 'Try again: Import growing.csv' }).click()
  const rowsRead = async (): Promise<number | undefined> => (await callEngine(page, 'datasets.list', { project })).datasets.find(({ dataset }) => dataset === 'growing')?.rows
  await expect.poll(rowsRead, { timeout: 60_000 }).toBe(more)
})
