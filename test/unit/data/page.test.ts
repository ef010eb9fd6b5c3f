import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseCondition } from '../../../src/main/data/page-condition.ts'
import { openPages, type PageView, type Pages, type TablePage } from '../../../src/main/data/page.ts'
import { failure, schemaOf, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()
const csv = 'age,city,key0,joined\n30,Lyon,a,2024-01-02\n,york,b,2024-03-04\n9,York,c,\n100,,d,2023-05-06\n30,Nice,e,2024-01-01\n'
let count = 0

async function open(view: Omit<PageView, 'filter'> & { where?: readonly string[] }): Promise<Pages> {
  const { parquet, schema } = await folder.ingest(csv)
  const scratch = join(folder.path, `view ${count++}`)
  await mkdir(scratch)
  return openPages(folder.engine, parquet, schema, { ...view, filter: (view.where ?? []).map((text) => parseCondition(text, schema.columns)) }, scratch)
}

function cells(page: TablePage, name: string): unknown[] {
  return [...(page.columns.find((column) => column.name === name)?.values ?? [])]
}

async function keys(view: Parameters<typeof open>[0]): Promise<string> {
  const pages = await open(view)
  const [first, all] = [await pages.page(0, 2), await pages.page(0, 10)]
  expect(cells(all, 'key0').slice(0, 2)).toEqual(cells(first, 'key0'))
  expect(await pages.total()).toBe(all.rows)
  await pages.close()
  return cells(all, 'key0').join('')
}

describe('pages of a table', () => {
  it('come in the order of the file, as typed columns', async () => {
    const pages = await open({})
    const page = await pages.page(1, 2)
    expect(page).toMatchObject({ offset: 1, rows: 2 })
    expect(cells(page, 'city')).toEqual(['york', 'York'])
    expect(cells(page, 'age')).toEqual([Number.NaN, 9])
    expect((await pages.page(4, 10)).rows).toBe(1)
    expect((await pages.page(9, 10)).rows).toBe(0)
  })

  it('are sorted as numbers, dates and texts, missing cells last, equal rows in file order', async () => {
    expect(await keys({ sort: [{ column: 'age', descending: false }] })).toBe('caedb')
    expect(await keys({ sort: [{ column: 'age', descending: true }] })).toBe('daecb')
    expect(await keys({ sort: [{ column: 'joined', descending: false }] })).toBe('deabc')
    expect(await keys({ sort: [{ column: 'age', descending: false }, { column: 'joined', descending: false }] })).toBe('ceadb')
  })

  it('hold what meets every condition', async () => {
    expect(await keys({ where: ['age >= 30'] })).toBe('ade')
    expect(await keys({ where: ['age = 30.0', 'city != Lyon'] })).toBe('e')
    expect(await keys({ where: ['city contains YORK'] })).toBe('bc')
    expect(await keys({ where: ['"city" is missing'] })).toBe('d')
    expect(await keys({ where: ['age is not missing'] })).toBe('acde')
    expect(await keys({ where: ['joined > 2024-01-01'] })).toBe('ab')
    expect(await keys({ where: ["city = '; DROP TABLE x; --"] })).toBe('')
  })

  it('are searched from any place on', async () => {
    const pages = await open({ sort: [{ column: 'key0', descending: true }] })
    expect(await pages.find('YORK')).toBe(2)
    expect(await pages.find('york', 3)).toBe(3)
    expect(await pages.find('york', 4)).toBeUndefined()
  })
})

describe('a condition that cannot be used', () => {
  const columns = [schemaOf('age', 'integer'), schemaOf('city name', 'category'), schemaOf('city', 'category')]
  const parse = async (text: string) => Promise.resolve().then(() => parseCondition(text, columns))

  it('names the column, the operator or the value', async () => {
    expect(await failure(parse('aeg > 3'))).toMatchObject({ headline: 'There is no column "aeg"', details: { column: 'aeg' } })
    expect((await failure(parse('aeg > 3'))).message).toContain('Did you mean "age"?')
    expect((await failure(parse('age about 3'))).message).toContain('is missing')
    expect((await failure(parse('age > many'))).message).toContain('"many" is not a number')
    expect((await failure(parse('age >'))).message).toContain('is not a number')
    expect(await failure(openWith('agee'))).toMatchObject({ headline: 'There is no column "agee"' })
  })

  it('takes the longest name of a column, and quotes', () => {
    expect(parseCondition('city name = "New York"', columns)).toEqual({ column: 'city name', operator: '=', value: 'New York' })
    expect(parseCondition('"city"<>x', columns)).toEqual({ column: 'city', operator: '!=', value: 'x' })
  })

  async function openWith(column: string): Promise<unknown> {
    return open({ columns: [column] })
  }
})
