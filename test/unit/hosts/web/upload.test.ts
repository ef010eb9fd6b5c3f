import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { receiveUpload, safeName } from '../../../../src/main/hosts/web/upload.ts'

const bodyOf = (...parts: string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })
const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'millrace-upload-')), 'uploads')

test.each([
  ['customers.csv', 'customers.csv'],
  ['Kundendaten Österreich 2025.xlsx', 'Kundendaten Österreich 2025.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\a.csv', 'a.csv'],
  ['.bashrc', 'bashrc'],
  ['..', 'upload'],
  ['', 'upload'],
  ['a\u0000b\n.csv', 'ab.csv'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['con.csv', '_con.csv'],
  ['a<b>:"|?*.csv', 'ab.csv'],
  [`${'x'.repeat(500)}.parquet`, `${'x'.repeat(180)}.parquet`],
])('%j is kept as %j', (given, kept) => {
  expect(safeName(given)).toBe(kept)
})

test('no name leads out of the folder', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (given) => {
      const name = safeName(given)
      return name !== '' && name === basename(name) && name !== '.' && name !== '..' && !/[/\\\p{Cc}]/u.test(name)
    }),
  )
})

test('a name fits where names have 255 bytes', () => {
  expect(Buffer.byteLength(safeName(`${'名'.repeat(500)}.csv`))).toBeLessThanOrEqual(255)
  expect(safeName(`${'名'.repeat(500)}.csv`)).toMatch(/名\.csv$/)
})

test('a file appears whole under its name; a second one of the same name gets another', async () => {
  const folder = newFolder()
  const first = await receiveUpload(bodyOf('a,b\n', '1,2\n'), folder, 'data.csv', 8)
  const second = await receiveUpload(bodyOf('other'), folder, 'data.csv', undefined)
  expect(first).toBe(join(folder, 'data.csv'))
  expect(readFileSync(first, 'utf8')).toBe('a,b\n1,2\n')
  expect(second).toBe(join(folder, 'data (2).csv'))
  expect(readdirSync(folder).toSorted()).toEqual(['data (2).csv', 'data.csv'])
})

test('an upload that breaks leaves nothing', async () => {
  const folder = newFolder()
  const broken = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new Uint8Array(1000))
    },
    pull: () => {
      throw new Error('the connection was lost')
    },
  })
  await expect(receiveUpload(broken, folder, 'data.csv', undefined)).rejects.toThrow('the connection was lost')
  expect(readdirSync(folder)).toEqual([])
})

test('what the disk cannot hold is refused before it is sent', async () => {
  const folder = newFolder()
  await expect(receiveUpload(bodyOf('x'), folder, 'data.csv', 1e18)).rejects.toMatchObject({ data: { code: 'disk-full', headline: 'The disk has no room for the file' } })
  expect(readdirSync(folder)).toEqual([])
})
