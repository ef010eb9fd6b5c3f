import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workbookOf, workbookParts, zipOf, type CellValue } from '../../unit/data/sources/write-workbook.ts'
import { awkwardFolder, millrace, refused, type Failure } from './command-line.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
})
afterAll(() => folder.remove())

async function importing(name: string, content: Buffer): Promise<Failure> {
  await writeFile(join(project, name), content)
  const error = await refused(project, 'import', name)
  expect(error).toMatchObject({ exitCode: 1, code: 'invalid-data', message: expect.stringContaining(name) })
  return error
}

const rows: readonly (readonly CellValue[])[] = [['id', 'x'], ...Array.from({ length: 2000 }, (_, row): CellValue[] => [`k${String(row)}`, row])]

/** A workbook of which the sheet is 150 MB of spaces, in a tenth of a per cent of it. */
function bomb(declaredBytes?: number): Buffer {
  const parts = workbookParts([{ name: 'Sheet1', rows: [['a'], [1]] }]).filter(({ name }) => !name.includes('sheet1'))
  return zipOf([...parts, { name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(150 << 20, ' '), ...(declaredBytes === undefined ? {} : { declaredBytes }) }])
}

describe('workbooks that cannot be read', () => {
  it('because they would unpack to far more than they hold, said or not', async () => {
    expect((await importing('bomb.xlsx', bomb())).headline).toBe('The workbook would unpack to far more than a table holds')
    expect((await importing('lying.xlsx', bomb(1000))).headline).toBe('The workbook is damaged or was cut off')
  })
  it('because of a password', async () => {
    const headline = 'The workbook is protected with a password'
    expect((await importing('locked.xlsx', zipOf([{ name: 'xl/workbook.xml', content: 'x', encrypted: true }]))).headline).toBe(headline)
    const container = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096), Buffer.from('EncryptedPackage', 'utf16le')])
    expect((await importing('protected.xlsx', container)).headline).toBe(headline)
  })
  it('because their formulas have no results', async () => {
    const sums = Array.from({ length: 20 }, (_, row): CellValue[] => [row, { xml: `<f>A${String(row + 2)}*2</f>` }])
    expect(await importing('formulas.xlsx', workbookOf([['x', 'double'], ...sums]))).toMatchObject({
      headline: 'The workbook holds formulas without their results',
      message: expect.stringContaining('none of its 20 formulas'),
      nextStep: expect.stringContaining('save it'),
    })
  })
  it('because they were cut off, or other bytes are inside', async () => {
    const whole = workbookOf(rows)
    const spoilt = Buffer.from(whole)
    for (let at = 400; at < whole.length - 1000; at += 37) spoilt[at] = (spoilt[at] ?? 0) ^ 0x55
    for (const [name, content] of [['half.xlsx', whole.subarray(0, whole.length >> 1)], ['tail.xlsx', whole.subarray(0, -40)], ['spoilt.xlsx', spoilt]] as const) {
      expect((await importing(name, content)).headline, name).toBe('The workbook is damaged or was cut off')
    }
  })
  it('leave nothing half-written', async () => {
    expect(await readdir(join(project, 'artifacts', 'tmp'))).toEqual([])
    await writeFile(join(project, 'whole.xlsx'), workbookOf(rows))
    expect(await millrace(project, 'import', 'whole.xlsx')).toMatchObject({ code: 0 })
  })
})
