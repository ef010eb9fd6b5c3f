import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openArchive } from '../../../src/main/data/sources/xlsx/open-archive.ts'
import { zipFiles } from '../../../src/main/serving/zip-writer.ts'

test('an archive holds its files bit by bit, names in any script, and is the same each time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-zip-'))
  const entries = [
    { name: 'model/Größe 数.json', data: Buffer.from('{"a":1}'.repeat(1000)) },
    { name: 'model/empty.bin', data: new Uint8Array(0) },
    { name: 'model/noise.bin', data: Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251) },
  ]
  const bytes = await zipFiles(entries)
  expect(await zipFiles(entries)).toEqual(bytes)
  expect(bytes.length).toBeLessThan(7000)
  await writeFile(join(folder, 'a.zip'), bytes)
  const archive = await openArchive(join(folder, 'a.zip'))
  for (const { name, data } of entries) expect((await buffer(await archive.read(name))).equals(data)).toBe(true)
  archive.close()
  await rm(folder, { recursive: true })
})
