import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../src/main/data/sources/open-source.ts'
import { failure, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

describe('a file that cannot be read', () => {
  it('is missing, a folder, empty, or of another kind', async () => {
    const missing = await failure(openSource(folder.engine, join(folder.path, 'no.csv')))
    expect(missing).toMatchObject({ code: 'not-found', details: { file: join(folder.path, 'no.csv') } })
    await mkdir(join(folder.path, 'folder.csv'))
    expect((await failure(openSource(folder.engine, join(folder.path, 'folder.csv')))).headline).toBe('The folder holds no files')
    expect((await failure(openSource(folder.engine, await folder.file('empty.csv', '')))).headline).toBe('The file is empty')
    expect((await failure(openSource(folder.engine, await folder.file('blank.csv', '\n\n\n')))).headline).toBe('The file holds only empty lines')
  })

  it('holds only a header', async () => {
    const error = await failure(folder.ingest('a,b\n'))
    expect(error).toMatchObject({ code: 'invalid-data', headline: 'The file has no rows' })
    expect(error.message).toContain('"a", "b"')
  })

  it('is binary, whatever its name', async () => {
    const error = await failure(folder.ingest(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49])))
    expect(error).toMatchObject({ code: 'invalid-data', headline: 'This is not a text file', details: { line: 1 } })
    expect(error.message).toContain('PNG')
    const noise = Uint8Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 31) + 1)
    expect((await failure(folder.ingest(noise))).headline).toBe('This is not a text file')
    const late = await failure(folder.ingest(`a,b\n${'1,2\n'.repeat(3000)}x\0y,2\n`))
    expect(late).toMatchObject({ headline: 'The file holds NUL bytes', details: { line: 3002 } })
  })

  it('is a broken Parquet file', async () => {
    const path = await folder.file('broken.parquet', 'PAR1 and nothing more')
    expect(await failure(openSource(folder.engine, path))).toMatchObject({ code: 'invalid-data', details: { file: path } })
  })

  it('has lines of other lengths: file, line, both numbers of fields and the beginning are named', async () => {
    const short = await failure(folder.ingest('a,b,c\n1,2,3\n"x, y",5\n7,8,9\n'))
    expect(short).toMatchObject({ headline: 'A line has the wrong number of fields', details: { line: 3, expected: 3, found: 2, value: '"x, y",5' } })
    expect(short.details.remedy).toMatchObject({ parameter: 'ragged', value: 'pad' })
    const long = await failure(folder.ingest('a,b\n1,2\n3,4,5\n6\n'))
    expect(long).toMatchObject({ details: { line: 3, expected: 2, found: 3 } })
    expect(long.message).toContain('1 other line')
  })

  it('has a quote that never ends', async () => {
    const error = await failure(folder.ingest(`a,b\n${'"1","2"\n'.repeat(20)}"x"y,"3"\n${'"1","2"\n'.repeat(20)}`))
    expect(error).toMatchObject({ headline: 'A quoted cell is not closed properly', details: { line: 22 } })
  })

  it('says which types the user asked for and the cells do not have', async () => {
    const error = await failure(folder.ingest('a,b\n1,2\nx,4\n', { types: { a: 'decimal' } }))
    expect(error).toMatchObject({ code: 'invalid-data', details: { row: 2, column: 'a', value: 'x' } })
    expect((await failure(folder.ingest('alpha,b\n1,2\n', { types: { alhpa: 'decimal' } }))).message).toContain('Did you mean "alpha"?')
  })
})

describe('a file that looks odd and is read', () => {
  it('pads short lines where asked to', async () => {
    const { rows, schema } = await folder.ingest('a,b,c\n1,2,3\n4,5\n', { ragged: 'pad' })
    expect(rows).toBe(2)
    expect(schema.columns.map(({ missing }) => missing)).toEqual([0, 0, 1])
  })

  it('has one row, one column, or a byte order mark', async () => {
    expect(await folder.ingest('a,b\n1,x\n')).toMatchObject({ rows: 1, report: { header: true } })
    expect(await folder.ingest('n\n1\n2\n3\n')).toMatchObject({ rows: 3, schema: { columns: [{ name: 'n', type: 'integer' }] } })
    const marked = await folder.ingest('\ufeffa,b\n1,x\n')
    expect(marked).toMatchObject({ report: { encoding: 'utf-8-bom' }, schema: { columns: [{ name: 'a' }, { name: 'b' }] } })
  })

  it('mixes line ends, and keeps those inside cells', async () => {
    const done = await folder.ingest('a,b\r\n1,"x\r\ny"\n2,z\r\n')
    expect(done.rows).toBe(2)
    const cells: unknown[] = []
    await folder.engine.chunks(`SELECT b FROM '${done.parquet}'`, (chunk) => {
      for (let row = 0; row < chunk.rows; row++) cells.push(chunk.column(0).value(row))
    })
    expect(cells).toEqual(['x\r\ny', 'z'])
  })

  it('has names that are empty, repeated, or SQL', async () => {
    const names = ['"; DROP TABLE x; --', "o'clock", 'two\nlines', 'say "hi"', 'select', 'ünïcode 名']
    const { schema, report } = await folder.ingest(`${[...names, 'select', ''].map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n${'1,'.repeat(7)}1\n${'2,'.repeat(7)}2\n`)
    expect(schema.columns.map(({ name }) => name)).toEqual([...names, 'select_2', 'column_8'])
    expect(report.findings.map(({ kind }) => kind)).toEqual(['duplicate-name', 'empty-name'])
  })

  it('lies under a path with spaces, Unicode and characters that mean something to a glob or SQL', async () => {
    const odd = join(folder.path, "år 'x' [1]* k=v")
    await mkdir(odd)
    await writeFile(join(odd, 'täble [2]?.csv'), 'a,b\n1,2\n3,4\n')
    const source = await openSource(folder.engine, join(odd, 'täble [2]?.csv'))
    expect(source.columns.map(({ name }) => name)).toEqual(['a', 'b'])
    const rows: unknown[] = []
    await folder.engine.chunks(`SELECT count(*)::INTEGER FROM ${source.from}`, (chunk) => {
      rows.push(chunk.column(0).value(0))
    })
    expect(rows).toEqual([2])
  })
})

describe('a table of many columns', () => {
  const table = (width: number): string => `${Array.from({ length: width }, (_, index) => `x${index}`).join(',')}\n${`${Array.from({ length: width }, (_, index) => index / 2).join(',')}\n`.repeat(3)}`

  it('is refused with figures before it is read, where it does not fit', async () => {
    const error = await failure(folder.ingest(table(10_000)))
    expect(error).toMatchObject({ code: 'out-of-memory', details: { columns: 10_000, most: 2048 } })
    expect(error.message).toContain('10,000 columns, which take about 2,500 MB')
    expect(error.message).toContain('512 MB, enough for 2,048 columns')
  })
})
