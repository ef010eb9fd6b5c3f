import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkOutputPlace, createOutputFile } from '../../../src/main/serving/output-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace output ü '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('an output file', () => {
  it('appears when it is whole, and not before', async () => {
    const path = join(folder, 'out.csv')
    const file = await createOutputFile(path)
    await file.write('a\n')
    expect(await readdir(folder)).not.toContain('out.csv')
    await file.write('b\n')
    await file.publish()
    await file.discard()
    expect(await readdir(folder)).toEqual(['out.csv'])
    expect(await readFile(path, 'utf8')).toBe('a\nb\n')
  })

  it('keeps the order of many writes', async () => {
    const path = join(folder, 'long.csv')
    const file = await createOutputFile(path)
    const lines = Array.from({ length: 60_000 }, (_, i) => `${String(i)},äöü\n`)
    for (const line of lines) await file.write(line)
    await file.publish()
    expect(await readFile(path, 'utf8')).toBe(lines.join(''))
  })

  it('leaves nothing behind when discarded, and the old content in its place', async () => {
    const path = join(folder, 'out.csv')
    await writeFile(path, 'old')
    const file = await createOutputFile(path)
    await file.write('new')
    await file.discard()
    expect(await readdir(folder)).toEqual(['out.csv'])
    expect(await readFile(path, 'utf8')).toBe('old')
  })
})

describe('the place of an output', () => {
  const place = (name: string, reads: readonly string[] = []): Promise<void> => checkOutputPlace(join(folder, name), reads)

  it('may be new, or an old output', async () => {
    await writeFile(join(folder, 'old.csv'), 'x')
    await expect(place('new.csv')).resolves.toBeUndefined()
    await expect(place('old.csv', [join(folder, 'input.csv')])).resolves.toBeUndefined()
  })

  it('is not in a folder that does not exist', async () => {
    await expect(place('nowhere/out.csv')).rejects.toThrow('There is no folder')
  })

  it('is not a folder or a device', async () => {
    await mkdir(join(folder, 'sub'))
    await expect(place('sub')).rejects.toThrow('is a folder or a device')
  })

  it('is not the input, by whatever name', async () => {
    const input = join(folder, 'input.csv')
    await writeFile(input, 'x')
    await symlink(input, join(folder, 'soft.csv'))
    await link(input, join(folder, 'hard.csv'))
    for (const name of ['input.csv', 'soft.csv', 'hard.csv']) {
      await expect(place(name, [input])).rejects.toMatchObject({ data: { headline: 'The output would replace the input' } })
    }
  })
})
