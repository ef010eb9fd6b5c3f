import { mkdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { ingestFile } from '../../../../src/main/data/ingest-file.ts'
import { shortNames, type SourcePlace } from '../../../../src/main/data/sources/files/list-files.ts'
import { failure, useDataFolder } from '../data-folder.ts'
import { workbookOf } from './write-workbook.ts'

const folder = useDataFolder()
let made = 0

async function filled(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const name = `several ${++made}`
  await mkdir(`${folder.path}/${name}/below`, { recursive: true })
  for (const [file, content] of Object.entries(files)) await folder.file(`${name}/${file}`, content)
  return `${folder.path}/${name}`
}
async function read(place: SourcePlace, options: SourceOptions = {}) {
  const parquet = `${folder.path}/union ${++made}.parquet`
  const done = await ingestFile(folder.engine, { file: place, options, types: {}, output: parquet, progress: () => undefined })
  const rows = await folder.engine.rows(`SELECT columns(*)::VARCHAR FROM read_parquet('${parquet}')`, z.record(z.string(), z.string().nullable()))
  return { ...done, names: done.schema.columns.map(({ name }) => name), cells: rows.map((row) => Object.values(row)) }
}

describe('several files as one table', () => {
  it('joins the files of a folder by name, in order of their names, with the file of each row', async () => {
    const path = await filled({ 'b.csv': 'id,x\n3,c\n4,d\n', 'a.csv': 'x,id\na,1\nb,2\n', '.hidden.csv': 'no\n', 'notes.md': '# no table' })
    const { names, cells, report } = await read(path, { fileColumn: 'file' })
    expect(names).toEqual(['x', 'id', 'file'])
    expect(cells).toEqual([['a', '1', 'a.csv'], ['b', '2', 'a.csv'], ['c', '3', 'b.csv'], ['d', '4', 'b.csv']])
    expect(report).toMatchObject({ format: 'files', files: 2, delimiter: ',' })
    expect(report.findings).toContainEqual(expect.objectContaining({ kind: 'files-passed-over', message: expect.stringContaining('notes.md') as string }))
  })

  it('reads each file its own way: kinds, encodings, delimiters', async () => {
    const path = await filled({
      '1.csv': 'id,name,v\n1,Ann,1.5\n',
      '2.csv': Buffer.from('id;name;v\n2;Jörg;2,5\n3;Zoë;3,5\n', 'latin1'),
      '3.json': '[{"id":4,"name":"Dan"}]',
      '4.xlsx': workbookOf([['id', 'name', 'v'], [5, 'Eve', 4.5]]),
    })
    const { cells, report } = await read(path)
    expect(cells).toEqual([['1', 'Ann', '1.5'], ['2', 'Jörg', '2.5'], ['3', 'Zoë', '3.5'], ['4', 'Dan', null], ['5', 'Eve', '4.5']])
    expect(report.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['column-not-in-all-files', 'files-differ']))
    expect(report.findings.find(({ kind }) => kind === 'column-not-in-all-files')?.message).toBe('Column "v" is in 3 of 4 files; it is missing in the rows of 3.json.')
  })

  it('takes Parquet columns of different types as text', async () => {
    const path = await filled({})
    await folder.engine.run(`COPY (SELECT 1 AS a, 2.5 AS b) TO '${path}/1.parquet' (FORMAT parquet)`)
    await folder.engine.run(`COPY (SELECT 'x' AS a, 7 AS b) TO '${path}/2.parquet' (FORMAT parquet)`)
    expect((await read(path)).cells).toEqual([['1', '2.5'], ['x', '7.0']])
  })

  it('reads patterns and lists, each file once', async () => {
    const path = await filled({ 'a.csv': 'n\n1\n2\n', 'b.csv': 'n\n3\n4\n', 'below/c.csv': 'n\n5\n6\n' })
    expect((await read(`${path}/*.csv`)).rows).toBe(4)
    expect((await read(`${path}/**/*.csv`)).rows).toBe(6)
    const list = await read([`${path}/b.csv`, `${path}/a.csv`, `${path}/b.csv`])
    expect(list.cells.flat()).toEqual(['3', '4', '1', '2'])
  })

  it('knows a header in later files by the names of the first', async () => {
    const path = await filled({ '1.csv': 'word,other\nb,7\nc,8\n', '2.csv': 'word,other\nd,e\n' })
    expect((await read(path)).cells).toEqual([['b', '7'], ['c', '8'], ['d', 'e']])
  })

  it('names the file that cannot be read, and leaves nothing behind', async () => {
    const path = await filled({ 'a.csv': 'n\n1\n', 'b.json': '[{"n":1}' })
    expect((await failure(read(path))).details.file).toBe(`${path}/b.json`)
    expect(await failure(read(await filled({})))).toMatchObject({ headline: 'The folder holds no files' })
    expect(await failure(read(`${path}/*.xyz`))).toMatchObject({ code: 'not-found', headline: 'No file matches the pattern' })
    expect((await failure(read([`${path}/a.csv`, `${path}/gone.csv`]))).code).toBe('not-found')
    expect((await failure(read(`${path}/a.csv`, { fileColumn: 'f' }))).headline).toBe('"fileColumn" is for several files')
    const both = await filled({ 'a.csv': 'n\n1\n2\n', 'b.csv': 'n\n1\n2\n' })
    expect((await failure(read(both, { fileColumn: 'N' }))).headline).toBe('There is a column "N" already')
    const spill = await folder.engine.rows(`SELECT count(*) AS n FROM glob('${folder.path}/spill/**')`, z.object({ n: z.number() }))
    expect(spill).toEqual([{ n: 0 }])
  })

  it('tells files apart by as little of their paths as it takes', () => {
    expect(shortNames(['/d/x/1.csv', '/d/y/1.csv', '/d/2.csv'])).toEqual(['x/1.csv', 'y/1.csv', '2.csv'])
  })
})
