import { mkdtemp, readFile, readdir, rm, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFileAtomic } from '../../../src/main/base/atomic-file.ts'

describe('writeFileAtomic', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace atomic ü '))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('replaces the content and leaves nothing else behind', async () => {
    const path = join(folder, 'a.json')
    await writeFileAtomic(path, 'old')
    await writeFileAtomic(path, 'new')
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readdir(folder)).toEqual(['a.json'])
  })

  it('keeps the old state when it cannot finish', async () => {
    const path = join(folder, 'taken')
    await mkdir(join(path, 'child'), { recursive: true }) // a folder of that name: the rename must fail
    await expect(writeFileAtomic(path, 'x')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
    expect(await readdir(folder)).toEqual(['taken'])
  })
})
