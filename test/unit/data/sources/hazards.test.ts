import { appendFile, chmod, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDataEngine } from '../../../../src/main/data/open-engine.ts'
import { useSource } from '../../../../src/main/data/sources/use-source.ts'
import { failure } from './failure.ts'
import { readAll } from './read-all.ts'
import { useSourceFolder } from './source-folder.ts'

const folder = useSourceFolder(256 << 20)

describe('a text that is none', () => {
  const gzip = Buffer.from('1f8b0800000000000003', 'hex')
  it.each([
    ['a workbook', Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'), 'XLSX'],
    ['a PDF', '%PDF-1.7\n1 0 obj\n', 'PDF'],
    ['gzip', gzip, 'gzip'],
    ['a database', 'SQLite format 3\0', 'SQLite'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'XLS'],
    ['Parquet', 'PAR1\x15\x04\x15', 'Parquet'],
    ['an image', Buffer.from('89504e470d0a1a0a', 'hex'), 'PNG'],
  ])('%s is named', async (_name, content, named) => {
    const path = await folder.file('wrong.csv', content)
    const { openDelimited } = await import('../../../../src/main/data/sources/delimited/delimited-reader.ts')
    const error = await failure(openDelimited(folder.engine, path, {}))
    expect(error).toMatchObject({ code: 'invalid-data', headline: 'This is not a text file' })
    expect(error.message).toContain(named)
  })

  it('UTF-32 is named', async () => {
    expect((await failure(folder.read(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])))).headline).toBe('UTF-32 cannot be read')
  })

  it('a NUL byte is named by its line, in any encoding', async () => {
    const late = `a,b\n${'1,2\n'.repeat(3000)}x\0y,2\n`
    expect(await failure(folder.read(late))).toMatchObject({ headline: 'The file holds NUL bytes', details: { line: 3002 } })
    expect(await failure(folder.read(late, { encoding: 'latin-1' }))).toMatchObject({ headline: 'The file holds NUL bytes', details: { line: 3002 } })
    expect(await failure(folder.read(Buffer.from(`\ufeff${late}`, 'utf16le')))).toMatchObject({ headline: 'The file holds NUL bytes', details: { line: 3002 } })
    expect(await failure(folder.read(late, { encoding: 'utf-8' }))).toMatchObject({ details: { line: 3002 } })
    const early = Buffer.from('a,b\n1,2\n3\0,\xe4\n', 'latin1')
    expect(await failure(folder.read(early))).toMatchObject({ headline: 'This is not a text file', details: { line: 3 } })
  })
})

describe('a text that is large', () => {
  it('reads a cell of ten megabytes, above and among the rows', async () => {
    const cell = 'x'.repeat(10 << 20)
    const { rows } = await folder.read(`id,text\n1,a\n2,${cell}\n3,c\n`)
    expect(rows.map(([id, text]) => [id, text?.length])).toEqual([['1', 1], ['2', cell.length], ['3', 1]])
  })

  it('refuses a cell of a hundred megabytes by its line, in little time and memory', async () => {
    const path = join(folder.path, 'huge.csv')
    const file = await open(path, 'w')
    await file.write('id,text\n1,a\n2,"')
    const block = Buffer.alloc(10 << 20, 'x')
    for (let i = 0; i < 10; i++) await file.write(block)
    await file.write('"\n3,c\n')
    await file.close()
    const error = await failure(readAll(folder.engine, path))
    expect(error).toMatchObject({ headline: 'A line is longer than 16 MB', details: { file: path, line: 3 } })
    expect(error.message).toContain('100 MB')
  })

  it('refuses a quote that swallows the file', async () => {
    const error = await failure(folder.read(`id,text\n1,"a\n${'2,"b"\n'.repeat(600_000)}`))
    expect(error.code).toBe('invalid-data')
    expect(error.headline).toMatch(/quote/i)
  })

  it('reads two thousand columns', async () => {
    const width = 2000
    const line = (cell: (index: number) => string): string => Array.from({ length: width }, (_, index) => cell(index)).join(',')
    const { names, rows } = await folder.read(`${line((index) => `a name of column ${index}`)}\n${`${line((index) => String(index))}\n`.repeat(20)}`)
    expect([names.length, rows.length, rows[19]?.[1999]]).toEqual([width, 20, '1999'])
  })

  it('reads a header that is longer than the usual sample', async () => {
    const width = 400
    const header = Array.from({ length: width }, (_, index) => `${'a long name '.repeat(80)}${index}`).join(',')
    const { names, rows } = await folder.read(`${header}\n${`${'7,'.repeat(width - 1)}7\n`.repeat(5)}`)
    expect([names.length, rows.length]).toEqual([width, 5])
  })
})

describe('names', () => {
  it('lose what nobody sees, and a finding says so', async () => {
    const { names, findings } = await folder.read('am\u200bount,\u202eevil\u202c,\ufeffid,می\u200cخواهم,a\u00a0b,\u200b\n1,2,3,4,5,6\n')
    expect(names).toEqual(['amount', 'evil', 'id', 'می\u200cخواهم', 'a b', 'column_6'])
    expect(findings.filter(({ kind }) => kind === 'hidden-characters').map(({ column, message }) => [column, /U\+\S+[A-F0-9]/.exec(message)?.[0]])).toEqual([
      ['amount', 'U+200B'],
      ['evil', 'U+202E'],
      ['id', 'U+FEFF'],
      ['column_6', 'U+200B'],
    ])
  })

  it('that differ only in what nobody sees are told apart', async () => {
    expect((await folder.read('a,a\u200b,a \n1,2,3\n')).names).toEqual(['a', 'a_2', 'a_3'])
  })

  it('that are all the same are numbered, ten thousand of them', async () => {
    const { uniqueNames } = await import('../../../../src/main/data/sources/unique-names.ts')
    const { names } = uniqueNames(Array.from({ length: 10_000 }, () => 'x'))
    expect([new Set(names).size, names[0], names[9999]]).toEqual([10_000, 'x', 'x_10000'])
  })
})

describe('a file that changes while it is read', () => {
  const changes: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['appended to', (path) => appendFile(path, '3,4\n')],
    ['replaced by as many bytes', (path) => writeFile(path, 'a,b\n9,9\n')],
    ['removed', (path) => rm(path)],
  ]
  it.each(changes)('%s', async (_name, change) => {
    const path = await folder.file('changing.csv', 'a,b\n1,2\n')
    const error = await failure(useSource(folder.engine, path, {}, async () => change(path)))
    expect(error).toMatchObject({ code: 'invalid-data', headline: 'The file changed while it was read', retryable: true, details: { file: path } })
  })

  it('is told before any other problem that comes of it', async () => {
    const path = await folder.file('changing.csv', Buffer.from('a,b\n1,\xe4\n', 'latin1'))
    const work = useSource(folder.engine, path, {}, async () => {
      await appendFile(path, '3')
      throw new Error('a row is cut off')
    })
    expect((await failure(work)).headline).toBe('The file changed while it was read')
  })
})

describe('a copy that cannot be written', () => {
  const latin = Buffer.from('name,n\nG\xf6del,1\n', 'latin1')

  it.skipIf(process.getuid?.() === 0)('for want of permission', async () => {
    const locked = join(folder.path, 'locked')
    await mkdir(locked)
    await chmod(locked, 0o555)
    const engine = await openDataEngine({ memoryBytes: 64 << 20, threads: 1, temporaryFolder: locked })
    const error = await failure(readAll(engine, await folder.file('latin.csv', latin)))
    expect(error).toMatchObject({ code: 'io', headline: 'The temporary folder cannot be used', details: { folder: locked } })
    await engine.close()
  })

  it('because a file stands where its folder should be', async () => {
    const blocked = await folder.file('blocked', 'a file')
    const engine = await openDataEngine({ memoryBytes: 64 << 20, threads: 1, temporaryFolder: join(blocked, 'spill') })
    const error = await failure(readAll(engine, await folder.file('latin.csv', latin)))
    expect(error).toMatchObject({ code: 'io', headline: 'The temporary folder cannot be used' })
    await engine.close()
  })

  it('because the work is stopped: nothing is left of it', async () => {
    const path = await folder.file('long.csv', Buffer.concat([latin, Buffer.alloc(8 << 20, 'Gödel,2\n', 'latin1')]))
    let calls = 0
    const stop = (): void => {
      if (++calls > 2) throw new Error('stopped')
    }
    await expect(readAll(folder.engine, path, { watch: stop })).rejects.toThrow('stopped')
  })
})
