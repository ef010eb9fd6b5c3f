import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { meaningOf } from '../../../../src/main/data/sources/xlsx/number-formats.ts'
import { serialText } from '../../../../src/main/data/sources/xlsx/serial-date.ts'
import { openArchive } from '../../../../src/main/data/sources/xlsx/open-archive.ts'
import { readSharedStrings } from '../../../../src/main/data/sources/xlsx/shared-strings.ts'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { failure, useDataFolder } from '../data-folder.ts'
import { workbookOf, workbookParts, zipOf, type CellValue } from './write-workbook.ts'

const folder = useDataFolder()

const read = async (content: Uint8Array, options: SourceOptions = {}, name = 'book.xlsx') => {
  const done = await folder.ingestPath(await folder.file(name, content), options)
  const rows = await folder.engine.rows(`SELECT columns(*)::VARCHAR FROM read_parquet('${done.parquet}')`, z.record(z.string(), z.string().nullable()))
  return { ...done, names: done.schema.columns.map((column) => column.name), cells: rows.map((row) => Object.values(row)), kinds: done.report.findings.map(({ kind }) => kind) }
}
const wrong = async (content: Uint8Array | string, options: SourceOptions = {}, name = 'book.xlsx') => failure(folder.ingestPath(await folder.file(name, content), options))

const people: CellValue[][] = [
  ['name', 'age', 'joined', 'active'],
  ['Ann', 31, { serial: 39640 }, true],
  ['Bob', 42.5, { serial: 39641 }, false],
  ['Cid', 27, { serial: 39642 }, true],
]

describe('workbooks', () => {
  it('reads texts, numbers, days and truth values', async () => {
    const { names, cells, schema, report } = await read(workbookOf(people))
    expect(names).toEqual(['name', 'age', 'joined', 'active'])
    expect(cells[0]).toEqual(['Ann', '31', expect.stringContaining('2008-07-11 00:00:00'), 'TRUE'])
    expect(schema.columns.map(({ type }) => type)).toEqual(['category', 'decimal', 'datetime', 'boolean'])
    expect([report.format, report.part, report.header]).toEqual(['xlsx', 'Sheet1', true])
  })

  it('finds the header below titles, and says what it left out', async () => {
    const { names, rows, report } = await read(workbookOf([['Members 2024'], [], ['as of June'], ...people]))
    expect([names[0], rows]).toEqual(['name', 3])
    expect(report.findings.find(({ kind }) => kind === 'title-rows')?.message).toBe('2 rows above the table are left out: "Members 2024 as of June".')
  })

  it('takes the row that the user names', async () => {
    const { names } = await read(workbookOf([['x', 'y', 'z', 'w'], ...people]), { headerRow: 2 })
    expect(names).toEqual(['name', 'age', 'joined', 'active'])
    expect((await wrong(workbookOf([['a', 'b'], [], ['c', 'd'], [1, 2]]), { headerRow: 2 })).headline).toBe('Row 2 of the sheet is empty')
  })

  it('names columns by their letters where nothing does', async () => {
    expect((await read(workbookOf([[1, 2], [3, 4], [5, 6]]))).names).toEqual(['A', 'B'])
    expect((await read(workbookOf(people), { header: false })).rows).toBe(4)
  })

  it('leaves out columns without name and value, and counts empty rows between others', async () => {
    const { names, kinds } = await read(workbookOf([[null, 'a', null, 'b', null], [null, 1, null, 2, null], [], [null, 3, null, 4]]))
    expect(names).toEqual(['a', 'b'])
    expect(kinds).toContain('empty-rows')
  })

  it('gives every cell of a merged block its value', async () => {
    const rows: CellValue[][] = [['region', 'city', 'n'], ['North', 'A', 1], [null, 'B', 2], [null, 'C', 3], ['South', 'D', 4]]
    const { cells, report } = await read(zipOf(workbookParts([{ name: 's', rows, merged: ['A2:A4'] }])))
    expect(cells.map(([region]) => region)).toEqual(['North', 'North', 'North', 'South'])
    expect(report.findings.find(({ kind }) => kind === 'merged-cells')?.count).toBe(2)
  })

  it('chooses the first visible sheet with cells and lists the others; takes a name or a number', async () => {
    const sheet = (name: string, value: string, more = {}) => ({ name, rows: value === '' ? [] : [['x', 'n'], [value, 1], ['z', 2]], ...more })
    const book = zipOf(workbookParts([sheet('hidden', 'h', { hidden: true }), sheet('empty', ''), sheet('first', 'f'), sheet('second', 's')]))
    const { report, cells } = await read(book)
    expect([report.part, cells[0]?.[0]]).toEqual(['first', 'f'])
    expect(report.findings[0]).toMatchObject({ kind: 'other-sheets', count: 3 })
    expect((await read(book, { sheet: 'second' })).cells[0]?.[0]).toBe('s')
    expect((await read(book, { sheet: 4 })).cells[0]?.[0]).toBe('s')
    expect(await wrong(book, { sheet: 'frist' })).toMatchObject({ code: 'invalid-parameter', headline: 'The workbook has no sheet "frist", did you mean "first"?' })
  })

  it('counts days from 1904 where the workbook does', async () => {
    const { cells } = await read(zipOf(workbookParts([{ name: 's', rows: [['day', 'n'], [{ serial: 38178 }, 1], [{ serial: 38179 }, 2]] }], { from1904: true })))
    expect(cells[0]?.[0]).toContain('2008-07-11')
  })

  it('takes errors as missing, reads results of formulas, inline texts and escapes', async () => {
    const rows: CellValue[][] = [
      ['a', 'b', 'c'],
      [{ xml: '<f>1+1</f><v>2</v>' }, { xml: '<v>#N/A</v>', type: 'e' }, { xml: '<is><r><t>in</t></r><r><t>line</t></r></is>', type: 'inlineStr' }],
      [{ xml: '<f>A2</f><v>1.1000000000000001</v>' }, 'x', 'a_x000D_b'],
      [3, 'y', 'c'],
    ]
    const { cells, kinds } = await read(workbookOf(rows))
    expect(cells).toEqual([['2', null, 'inline'], ['1.1', 'x', 'a\rb'], ['3', 'y', 'c']])
    expect(kinds).toContain('error-cells')
  })

  it.each([
    ['formulas without results', () => workbookOf([['a', 'b'], [{ xml: '<f>1+1</f>' }, { xml: '<f>2+2</f>' }]]), 'The workbook holds formulas without their results'],
    ['a workbook that was cut off', () => workbookOf(people).subarray(0, 900), 'The workbook is damaged or was cut off'],
    ['encrypted parts', () => zipOf([{ name: 'xl/workbook.xml', content: 'x', encrypted: true }]), 'The workbook is protected with a password'],
    ['a ZIP archive of other things', () => zipOf([{ name: 'data.csv', content: 'a,b\n1,2\n' }]), 'The file is no workbook that can be read'],
    ['a document', () => zipOf([{ name: 'word/document.xml', content: '<w/>' }]), 'The file is no workbook that can be read'],
    ['names that lead out of the archive', () => zipOf([{ name: '../evil.xml', content: 'x' }]), 'The workbook is damaged or was cut off'],
    ['a part that unpacks to 80 MB', () => zipOf([{ name: 'xl/bomb.xml', content: Buffer.alloc(80 << 20) }]), 'The workbook would unpack to far more than a table holds'],
    ['parts that say they are larger than any table', () => zipOf(Array.from({ length: 5 }, (_, i) => ({ name: `p${i}`, content: Buffer.alloc(40 << 20), declaredBytes: 0xffff_fffe }))), 'The workbook would unpack to far more than a table holds'],
    ['empty sheets', () => workbookOf([]), 'The file has no rows'],
  ])('refuses %s', async (_what, content, headline) => {
    expect(await wrong(content())).toMatchObject({ code: 'invalid-data', headline })
  })

  it('stops a part that unpacks to more than it declares', async () => {
    const parts = workbookParts([{ name: 's', rows: [['a'], ...Array.from({ length: 5000 }, (_, i) => [i])] }])
    const lying = parts.map((part) => (part.name.includes('sheet1') ? { ...part, declaredBytes: 1000 } : part))
    expect((await wrong(zipOf(lying))).headline).toBe('The workbook is damaged or was cut off')
  })

  it('refuses document types: entities neither grow nor fetch', async () => {
    const prolog = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    expect((await wrong(zipOf(workbookParts([{ name: 's', rows: people }], { prolog })))).headline).toBe('The workbook declares entities of its own')
  })

  it('tells old workbooks and those with a password, whatever their ending', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4000)])
    expect(await wrong(old, {}, 'old.csv')).toMatchObject({ code: 'unsupported', headline: 'Old Excel files (XLS) cannot be read' })
    expect((await wrong(Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]))).headline).toBe('The workbook is protected with a password')
  })

  it('reads a workbook that is called .csv', async () => {
    expect((await read(workbookOf(people), {}, 'really.csv')).report.format).toBe('xlsx')
  })
})

describe('numbers that mean days', () => {
  it.each([
    [39640, 'date', false, '2008-07-11 00:00:00'],
    [39640.75, 'date', false, '2008-07-11 18:00:00'],
    [0.6041666666666666, 'time', false, '14:30:00'],
    [1, 'date', false, '1900-01-01 00:00:00'],
    [59, 'date', false, '1900-02-28 00:00:00'],
    [61, 'date', false, '1900-03-01 00:00:00'],
    [0, 'date', true, '1904-01-01 00:00:00'],
    [2_958_465, 'date', false, '9999-12-31 00:00:00'],
    [43831.000011574, 'date', false, '2020-01-01 00:00:01'],
    [2_958_466, 'date', false, undefined],
    [-1, 'date', false, undefined],
    [5, 'number', false, undefined],
  ] as const)('%f as %s (from 1904: %s) is %s', (serial, meaning, from1904, text) => {
    expect(serialText(serial, meaning, from1904)).toBe(text)
  })

  it.each([
    ['yyyy\\-mm\\-dd;@', 'date'], ['m/d/yy h:mm', 'date'], ['mmm', 'date'], ['h:mm AM/PM', 'time'], ['mm:ss.0', 'time'], ['[h]:mm', 'number'],
    ['General', 'number'], ['0.00"days"', 'number'], ['[Red]0.0', 'number'], ['[$-409]d\\-mmm;@', 'date'], ['# ##0 \\d', 'number'],
  ] as const)('format %s is a %s', (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning)
  })
})

it('keeps shared texts that do not fit into memory in a file', async () => {
  const texts = Array.from({ length: 500 }, (_, i) => `text ${i} ${'ü'.repeat(i % 7)}`)
  const path = await folder.file('texts.xlsx', workbookOf([['t'], ...texts.map((text) => [text])]))
  const archive = await openArchive(path)
  const strings = await readSharedStrings(folder.engine, path, archive, 'xl/sharedStrings.xml', { memoryBytes: 4000 })
  expect(['t', ...texts].map((_, index) => strings.at(index))).toEqual(['t', ...texts])
  expect(strings.at(501)).toBeUndefined()
  await strings.close()
  archive.close()
})
