import { describe, expect, it } from 'vitest'
import { loadTable } from '../../../src/main/data/load-table.ts'
import type { CategoryColumn, Column, NumberColumn } from '../../../src/main/table/column.ts'
import { column, failure, schemaOf, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

function numbersOf(loaded: Column | undefined): number[] {
  return [...(loaded as NumberColumn).values]
}

function textsOf(loaded: Column | undefined): (string | null)[] {
  const { codes, categories } = loaded as CategoryColumn
  return Array.from(codes, (code) => (code < 0 ? null : (categories[code] ?? 'out of range')))
}

describe('loadTable', () => {
  const text = 'n,label,when,mixed\n 1.50 , a ,2020-01-01,1\n?,NA,,x\n1e3,b,1970-01-02,3\nInf, a ,1969-12-31,\n'

  it('reads columns as numbers: missing tokens, infinities and text are NaN, dates are milliseconds', async () => {
    const { parquet, schema } = await folder.ingest(text)
    const table = await loadTable(folder.engine, parquet, ['n', 'when', 'mixed'].map((name) => ({ schema: column(schema, name), as: 'number' as const })))
    expect(table.rows).toBe(4)
    expect(numbersOf(table.columns[0])).toEqual([1.5, Number.NaN, 1000, Number.NaN])
    expect(numbersOf(table.columns[1])).toEqual([Date.UTC(2020, 0, 1), Number.NaN, 86_400_000, -86_400_000])
    expect(numbersOf(table.columns[2])).toEqual([1, Number.NaN, 3, Number.NaN])
  })

  it('reads columns as categories, trimmed and spelled as in the file', async () => {
    const { parquet, schema } = await folder.ingest(text)
    const table = await loadTable(folder.engine, parquet, ['n', 'label'].map((name) => ({ schema: column(schema, name), as: 'category' as const })))
    expect(textsOf(table.columns[0])).toEqual(['1.50', null, '1e3', null])
    expect(textsOf(table.columns[1])).toEqual(['a', null, 'b', 'a'])
    expect((table.columns[1] as CategoryColumn).categories).toEqual(['a', 'b'])
  })

  it('keeps the spelling of classes', async () => {
    const { parquet, schema } = await folder.ingest("a,b,c,d\n1.0,True,'1',007\n0.0,False,'-1',012\n1.0,True,'1',007\n")
    const table = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'category' as const })))
    expect(table.columns.map((each) => textsOf(each)[0])).toEqual(['1.0', 'True', "'1'", '007'])
  })

  it('reads more columns than one statement takes, each into its place', async () => {
    const names = Array.from({ length: 405 }, (_, index) => `c${index}`)
    const row = (first: number): string => names.map((_, index) => first + 7 * index).join(',')
    const { parquet, schema } = await folder.ingest(`${names.join(',')}\n${row(1)}\n${row(2)}\n${row(5)}\n`)
    const table = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'number' as const })))
    expect(table.columns.map((each) => each.name)).toEqual(names)
    expect(table.columns.map(numbersOf)).toEqual(names.map((_, index) => [1, 2, 5].map((first) => first + 7 * index)))
  })

  it('puts numbers on shared memory, in file order over many chunks, and reads a range of rows', async () => {
    const rows = 20_000
    const { parquet, schema } = await folder.ingest(`n,c\n${Array.from({ length: rows }, (_, row) => `${row * 2},k${row % 7}`).join('\n')}\n`)
    const requests = [{ schema: column(schema, 'n'), as: 'number' as const }, { schema: column(schema, 'c'), as: 'category' as const }]
    const whole = await loadTable(folder.engine, parquet, requests)
    expect((whole.columns[0] as NumberColumn).values.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(numbersOf(whole.columns[0])).toEqual(Array.from({ length: rows }, (_, row) => row * 2))
    const part = await loadTable(folder.engine, parquet, requests, { rows: { from: 19_990, count: 100 } })
    expect(part.rows).toBe(10)
    expect(numbersOf(part.columns[0])[0]).toBe(39_980)
    expect(textsOf(part.columns[1])[0]).toBe(`k${19_990 % 7}`)
    const none = await loadTable(folder.engine, parquet, requests, { rows: { from: rows, count: 5 } })
    expect(none.rows).toBe(0)
  })

  it('gives the same categories whether it reads texts or a dictionary', async () => {
    const cells = (row: number): string => ['a ', 'b', '', '?', "it's", ' a', 'ünï "c"'][(row * 31) % 7] ?? ''
    const csv = (rows: number): string => `n,c\n${Array.from({ length: rows }, (_, row) => `${row},"${cells(row).replaceAll('"', '""')}"`).join('\n')}\n`
    const load = async (rows: number): Promise<CategoryColumn> => {
      const { parquet, schema } = await folder.ingest(csv(rows))
      return (await loadTable(folder.engine, parquet, [{ schema: column(schema, 'c'), as: 'category' }])).columns[0] as CategoryColumn
    }
    const [few, many] = [await load(1000), await load(30_000)]
    expect(many.categories).toEqual(few.categories)
    expect(many.codes.slice(0, 1000)).toEqual(few.codes)
    expect(textsOf(many)).toEqual(Array.from({ length: 30_000 }, (_, row) => (['', '?'].includes(cells(row)) ? null : cells(row).trim())))
    expect(many.codes.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('says which column a dataset lacks', async () => {
    const { parquet } = await folder.ingest('a,b\n1,2\n')
    expect((await failure(loadTable(folder.engine, parquet, [{ schema: schemaOf('c', 'integer'), as: 'number' }]))).details.column).toBe('c')
  })

  it('loads real types of Parquet', async () => {
    const source = `${folder.path}/real.parquet`
    await folder.engine.run(`COPY (SELECT 1::TINYINT AS i, 2.5::DECIMAL(8,2) AS d, 'NaN'::FLOAT AS f, true AS b, DATE '2020-01-01' AS day, TIMESTAMPTZ '2020-01-01 00:00:01+00' AS at, [1, 2] AS l, 9007199254740993 AS big
      UNION ALL SELECT NULL, NULL, 1.5, NULL, NULL, NULL, NULL, 5) TO '${source}' (FORMAT parquet)`)
    const { parquet, schema, report } = await folder.ingestPath(source)
    expect(schema.columns.map(({ type }) => type)).toEqual(['integer', 'decimal', 'decimal', 'category', 'datetime', 'datetime', 'category', 'category'])
    expect(report.findings.map(({ kind }) => kind)).toContain('nested-column')
    const table = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'number' as const })))
    expect(table.columns.map((each) => numbersOf(each)[0])).toEqual([1, 2.5, Number.NaN, Number.NaN, Date.UTC(2020, 0, 1), Date.UTC(2020, 0, 1, 0, 0, 1), Number.NaN, 9007199254740992])
  })
})
