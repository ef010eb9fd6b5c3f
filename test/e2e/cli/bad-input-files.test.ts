import { appendFile, mkdir, open, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import { writeParquet } from '../../../src/main/data/parquet.ts'
import { ask, awkwardFolder, millrace, refused, start } from './command-line.ts'
import { smallRows } from './small-data.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
})
afterAll(() => folder.remove())

async function importing(name: string, content: string | Uint8Array): ReturnType<typeof refused> {
  await writeFile(join(project, name), content)
  return refused(project, 'import', name)
}

const importSchema = z.looseObject({
  dataset: z.string(),
  rows: z.number(),
  columns: z.array(z.looseObject({ name: z.string(), type: z.string(), role: z.string(), missing: z.number() })),
  findings: z.array(z.looseObject({ kind: z.string(), message: z.string() })),
})

async function imported(name: string, content: string | Uint8Array): Promise<z.infer<typeof importSchema>> {
  await writeFile(join(project, name), content)
  return ask(importSchema, project, 'import', name)
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1')

describe('text files', () => {
  it('that mix encodings are refused by line and bytes', async () => {
    const lines = Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? latin(`Z\xfcrich,${String(row)}\n`) : Buffer.from(`Zürich,${String(row)}\n`)))
    const error = await importing('mixed.csv', Buffer.concat([Buffer.from('name,n\n'), ...lines]))
    expect(error).toMatchObject({ exitCode: 1, headline: 'The file mixes encodings', details: { line: 2, lines: { utf8: 20, other: 20 } } })
    expect(error.nextStep).toContain('--encoding latin-1')
  })
  it('of which one line alone would be UTF-8 are read, and the line is named', async () => {
    const { rows, findings } = await imported('slip.csv', Buffer.concat([latin('name,n\nM\xf6bius,1\n'), Buffer.from('Rincón,2\n'), latin('Anna,3\n')]))
    expect(rows).toBe(3)
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'mixed-encodings', message: expect.stringContaining('Line 3') }))
  })
  it('with a NUL byte, by line', async () => {
    const rows = Array.from({ length: 3000 }, (_, row) => `${String(row)},x\n`).join('')
    expect(await importing('nul.csv', `a,b\n${rows}5,a\0b\n`)).toMatchObject({ exitCode: 1, headline: 'The file holds NUL bytes', details: { line: 3002 } })
  })
  it('with a cell of 100 MB, by line', async () => {
    const file = await open(join(project, 'cell.csv'), 'w')
    await file.write('id,t\n1,a\n2,"')
    for (let part = 0; part < 100; part++) await file.write(Buffer.alloc(1 << 20, 'x'))
    await file.write('"\n3,c\n')
    await file.close()
    expect(await refused(project, 'import', 'cell.csv')).toMatchObject({ exitCode: 1, headline: 'A line is longer than 16 MB', details: { line: 3 } })
  })
  it('of other kinds in every row are text, and nothing is lost', async () => {
    const kinds = ['7', 'text', '2020-01-05', 'true', '"1,5"', '12%']
    const { columns } = await imported('kinds.csv', `a,b\n${Array.from({ length: 120 }, (_, row) => `${kinds[row % 6] ?? ''},${String(row)}\n`).join('')}`)
    expect(columns[0]).toMatchObject({ type: 'category', missing: 0 })
  })
  it('with years far off are dates, with a remark', async () => {
    const year = (row: number): string => (row < 2 ? '9999' : String(1990 + (row % 30)))
    const { columns, findings } = await imported('years.csv', `d,x\n${Array.from({ length: 100 }, (_, row) => `${year(row)}-03-15,${String(row % 7)}\n`).join('')}`)
    expect(columns[0]).toMatchObject({ type: 'datetime', missing: 0 })
    expect(findings.map((finding) => finding.message).join('\n')).toContain('9999')
  })
  it('with a date in the year 0 keep it and say so', async () => {
    const { findings } = await imported('zero.csv', `d,x\n${Array.from({ length: 100 }, (_, row) => `${row === 3 ? '0000-03-15' : new Date(Date.UTC(2020, 0, row)).toISOString().slice(0, 10)},${String(row % 7)}\n`).join('')}`)
    expect(findings.map((finding) => finding.message).join('\n')).toContain('"d" holds dates from the year 0')
  })
  it('with names that hide characters get plain, unique names', async () => {
    const { columns, findings } = await imported('hidden.csv', `na\u202eme,na\u200bme,\u2066x,name\n${Array.from({ length: 20 }, (_, row) => `${String(row)},b,c,d\n`).join('')}`)
    expect(columns.map((column) => column.name)).toEqual(['name', 'name_2', 'x', 'name_3'])
    expect(findings.filter((finding) => finding.message.includes('cannot be seen'))).toHaveLength(3)
  })
  it('whose cells would steer a terminal are shown written out', async () => {
    await imported('escape.csv', 'a,b\n1,\u001b[2Jevil\n2,\u202etxt.exe\n3,z\n')
    const { out } = await millrace(project, 'show', 'escape')
    expect(out).toContain('\\u{1b}[2Jevil')
    expect(out).toContain('\\u{202e}txt.exe')
    expect(out).not.toContain('\u001b')
  })
})

/** A Parquet file of a few thousand rows. */
async function parquetBytes(): Promise<Buffer> {
  const engine = await openDataEngine({ memoryBytes: 256 * 2 ** 20, threads: 1, temporaryFolder: join(folder.path, 'spill') })
  const file = join(folder.path, 'whole.parquet')
  await writeParquet(engine, `SELECT i AS a, 'text ' || (i * 7919 % 1000) AS b FROM range(5000) AS t(i)`, file)
  await engine.close()
  return readFile(file)
}

describe('Parquet files', () => {
  it('cut off, with their end missing or other bytes inside', async () => {
    const bytes = await parquetBytes()
    const spoilt = Buffer.from(bytes)
    for (let at = 100; at < bytes.length - 1000; at += 37) spoilt[at] = (spoilt[at] ?? 0) ^ 0x55
    for (const [name, content] of [['half', bytes.subarray(0, bytes.length >> 1)], ['magic', bytes.subarray(0, 4)], ['spoilt', spoilt]] as const) {
      const error = await importing(`${name}.parquet`, content)
      expect(error, name).toMatchObject({ exitCode: 1, code: 'invalid-data' })
      expect(error.message).toContain(`${name}.parquet`)
    }
  })
})

describe('files that change while they are read', () => {
  const changed = { exitCode: 1, headline: expect.stringMatching(/file changed while/) }
  it('by growing', async () => {
    const path = join(project, 'growing.csv')
    await writeFile(path, smallRows(200_000, { label: true }))
    const command = refused(project, 'import', 'growing.csv')
    let over = false
    const growing = (async () => {
      while (!over) await appendFile(path, 'k,1,red,yes\n').then(() => new Promise((done) => setTimeout(done, 5)))
    })()
    expect(await command.finally(() => (over = true))).toMatchObject(changed)
    await growing
    expect(await millrace(project, 'import', 'growing.csv')).toMatchObject({ code: 0 })
  })
  it('by going away', async () => {
    await mkdir(join(project, 'moving'))
    await writeFile(join(project, 'moving', 'a.csv'), smallRows(100, { label: true }))
    await writeFile(join(project, 'moving', 'b.csv'), smallRows(200_000, { label: true }))
    const command = start(['import', 'moving', '--json'], { cwd: project })
    let over = false
    const moving = (async () => {
      for (let turn = 0; !over; turn++) {
        const [from, to] = turn % 2 === 0 ? ['b.csv', 'c.csv'] : ['c.csv', 'b.csv']
        await rename(join(project, 'moving', from), join(project, 'moving', to))
        await new Promise((done) => setTimeout(done, 3))
      }
    })()
    const { code, out } = await command.done.finally(() => (over = true))
    await moving
    expect(code).toBe(1)
    expect(out).not.toContain('did not expect')
  })
})

describe('names of files and folders', () => {
  it('with signs of patterns are names', async () => {
    await mkdir(join(project, 'year [2024]'))
    for (const part of ['p1', 'p2']) await writeFile(join(project, 'year [2024]', `${part}.csv`), 'a,b\n1,2\n3,4\n')
    expect(await imported('{odd} [name].csv', 'a,b\n1,2\n3,4\n')).toMatchObject({ dataset: '{odd} [name]', rows: 2 })
    expect(await ask(importSchema, project, 'import', 'year [2024]/*.csv')).toMatchObject({ dataset: 'year [2024]', rows: 4 })
    expect(await ask(importSchema, project, 'import', 'year [2024]')).toMatchObject({ dataset: 'year [2024]', rows: 4 })
  })
})

describe('rows written to a file', () => {
  it('replace no part of a project, this one or another, and no link', async () => {
    await imported('plain.csv', 'a,b\n1,=1+1\n2,x\n')
    await millrace(folder.path, 'init', 'other')
    const other = join(folder.path, 'other', 'project.db')
    const before = await readFile(other)
    for (const output of ['project.db', 'artifacts/o.csv', other]) {
      expect(await refused(project, 'show', 'plain', '--csv', output)).toMatchObject({ exitCode: 1, headline: 'The output would replace a part of the project' })
      expect(await refused(project, 'profile', 'plain', '--html', output)).toMatchObject({ exitCode: 1, headline: 'The output would replace a part of the project' })
    }
    expect(await readFile(other)).toEqual(before)
    await symlink('elsewhere.csv', join(project, 'link.csv'))
    expect(await refused(project, 'show', 'plain', '--csv', 'link.csv')).toMatchObject({ exitCode: 1, headline: 'The output is a link' })
  })
  it('hold no formulas, unless they are to be kept', async () => {
    expect(await millrace(project, 'show', 'plain', '--csv', 'guarded.csv')).toMatchObject({ code: 0 })
    expect(await readFile(join(project, 'guarded.csv'), 'utf8')).toBe("a,b\n1,'=1+1\n2,x\n")
    expect(await millrace(project, 'show', 'plain', '--csv', 'kept.csv', '--keep-formulas')).toMatchObject({ code: 0 })
    expect(await readFile(join(project, 'kept.csv'), 'utf8')).toBe('a,b\n1,=1+1\n2,x\n')
  })
})

describe('all of them', () => {
  it('leave nothing half-written', async () => {
    expect(await readdir(join(project, 'artifacts', 'tmp'))).toEqual([])
    expect(await millrace(project, 'runs')).toMatchObject({ code: 0 })
  })
})
