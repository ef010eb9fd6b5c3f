import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolders } from '../../../src/main/base/make-folders.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folders-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('makes what is missing, and takes what is there', async () => {
  await makeFolders(join(folder, 'a', 'b', 'c'))
  await makeFolders(join(folder, 'a', 'b', 'c'))
  expect((await stat(join(folder, 'a', 'b', 'c'))).isDirectory()).toBe(true)
})

test('a file in the way is told', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(makeFolders(join(folder, 'file', 'below'))).rejects.toThrow('ENOTDIR')
})

test.skipIf(!existsSync('/proc/self'))('a place where nothing can be made is told, and soon', async () => {
  await expect(makeFolders('/proc/nothing/can/be/here')).rejects.toThrow('ENOENT')
})
