import { describe, expect, it } from 'vitest'
import { DATE_FORMATS } from '../../../src/main/data/date-formats.ts'
import { loadTable } from '../../../src/main/data/load-table.ts'
import type { NumberColumn } from '../../../src/main/table/column.ts'
import { column, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

function one(cells: readonly string[]): string {
  return `x;filler\n${cells.map((cell, row) => `"${cell}";${'abc'[row % 3]}`).join('\n')}\n`
}

describe('dates as people write them', () => {
  it.each<readonly [string, readonly string[], string, readonly string[]]>([
    ['ISO with T and Z, without seconds', ['2024-04-13T04:00Z', '2024-04-14T05:30Z'], '%Y-%m-%dT%H:%MZ', ['2024-04-13T04:00:00.000Z', '2024-04-14T05:30:00.000Z']],
    ['month first, midnight', ['4/13/2009 00:00:00', '1/2/2010 00:00:00'], '%m/%d/%Y %H:%M:%S', ['2009-04-13T00:00:00.000Z', '2010-01-02T00:00:00.000Z']],
    ['days first', ['31/01/2020', '02/03/2020'], '%d/%m/%Y', ['2020-01-31T00:00:00.000Z', '2020-03-02T00:00:00.000Z']],
    ['points', ['31.12.2020', '01.02.2021'], '%d.%m.%Y', ['2020-12-31T00:00:00.000Z', '2021-02-01T00:00:00.000Z']],
    ['digits alone', ['20240413', '20231231'], '%Y%m%d', ['2024-04-13T00:00:00.000Z', '2023-12-31T00:00:00.000Z']],
    ['months', ['2002-01', '2020-06'], '%Y-%m', ['2002-01-01T00:00:00.000Z', '2020-06-01T00:00:00.000Z']],
    ['names of months', ['12 May 2020', '13 Jun 2021'], '%d %b %Y', ['2020-05-12T00:00:00.000Z', '2021-06-13T00:00:00.000Z']],
    ['long names of months', ['March 3, 2020', 'October 13, 2021'], '%B %d, %Y', ['2020-03-03T00:00:00.000Z', '2021-10-13T00:00:00.000Z']],
    ['years of two digits', ['13-Apr-21', '01-May-99'], '%d-%b-%y', ['2021-04-13T00:00:00.000Z', '1999-05-01T00:00:00.000Z']],
    ['moments of which some are days alone', ['2024-04-13T04:00Z', '2024-04-12'], '%Y-%m-%dT%H:%MZ|%Y-%m-%d', ['2024-04-13T04:00:00.000Z', '2024-04-12T00:00:00.000Z']],
    ['times alone', ['18:00:00', '07:30:00'], '%H:%M:%S', ['1900-01-01T18:00:00.000Z', '1900-01-01T07:30:00.000Z']],
    ['times with points', ['18.00.00', '07.30.00'], '%H.%M.%S', ['1900-01-01T18:00:00.000Z', '1900-01-01T07:30:00.000Z']],
    ['offsets', ['2020-01-01T10:00:00+02:00', '2020-01-01T10:00:00-05:00'], '%Y-%m-%dT%H:%M:%S%z', ['2020-01-01T08:00:00.000Z', '2020-01-01T15:00:00.000Z']],
  ])('reads %s', async (_name, cells, format, moments) => {
    const { schema, parquet } = await folder.ingest(one(cells), { header: true, delimiter: ';' })
    expect(column(schema, 'x')).toMatchObject({ type: 'datetime', format, missing: 0 })
    const table = await loadTable(folder.engine, parquet, [{ schema: column(schema, 'x'), as: 'number' }])
    const [read] = table.columns
    expect(read?.kind === 'number' ? [...read.values].map((value) => new Date(value).toISOString()) : []).toEqual(moments)
  })

  it('keeps dates of the years 0 and 9999, and tells of them', async () => {
    const { schema, report, parquet } = await folder.ingest(`when\n0000-04-15\n9999-12-31\n${Array.from({ length: 40 }, (_, day) => new Date(Date.UTC(2021, 0, day + 1)).toISOString().slice(0, 10)).join('\n')}\n`)
    expect(column(schema, 'when')).toMatchObject({ type: 'datetime', missing: 0 })
    expect(report.findings[0]?.message).toContain('from the year 0 to the year 9999')
    const { columns } = await loadTable(folder.engine, parquet, [{ schema: column(schema, 'when'), as: 'number' }])
    expect([...(columns[0] as NumberColumn).values.subarray(0, 2)]).toEqual([Date.parse('0000-04-15'), Date.parse('9999-12-31')])
  })

  it('decides by other columns where day and month may be exchanged, and says so', async () => {
    const { schema, report } = await folder.ingest('a;b\n01/02/2020;12/31/2019\n03/04/2020;01/02/2020\n')
    expect(column(schema, 'a')).toMatchObject({ type: 'datetime', format: '%m/%d/%Y' })
    const finding = report.findings.find(({ kind }) => kind === 'ambiguous-dates')
    expect(finding).toMatchObject({ column: 'a', message: expect.stringContaining('"datetime:%d/%m/%Y"') as string })
  })

  it('keeps dates of the year 9999 and flags them', async () => {
    const { schema, report } = await folder.ingest(one(['2020-01-01', '9999-12-31', '2021-01-01']), { header: true, delimiter: ';' })
    expect(column(schema, 'x')).toMatchObject({ type: 'datetime', missing: 0 })
    expect(report.findings.map(({ kind }) => kind)).toContain('suspicious-dates')
  })

  it('takes a few dates that are none as missing, and names them with their rows', async () => {
    const days = Array.from({ length: 60 }, (_, day) => (day === 41 ? '0000-00-00' : new Date(Date.UTC(2020, 0, day + 1)).toISOString().slice(0, 10)))
    const { schema, report } = await folder.ingest(one(days), { header: true, delimiter: ';' })
    expect(column(schema, 'x')).toMatchObject({ type: 'datetime', missing: 1, missingTokens: ['0000-00-00'] })
    expect(report.findings[0]).toMatchObject({ kind: 'mostly-dates', count: 1, message: expect.stringContaining('row 42: "0000-00-00"') as string })
  })

  it('proposes what counts seconds or days, and reads it when told', async () => {
    const text = 'created_at;excel_date\n1600000000;44000\n1600000060;44001.5\n'
    const guessed = await folder.ingest(text)
    expect(guessed.schema.columns.map(({ type }) => type)).toEqual(['integer', 'decimal'])
    expect(guessed.report.findings.map(({ kind }) => kind)).toEqual(['possible-dates', 'possible-dates'])
    const { schema, parquet } = await folder.ingest(text, { types: { created_at: 'datetime:epoch', excel_date: 'datetime:excel' } })
    const table = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'number' as const })))
    const moments = table.columns.map((each) => (each.kind === 'number' ? new Date(each.values[1] ?? Number.NaN).toISOString() : ''))
    expect(moments).toEqual(['2020-09-13T12:27:40.000Z', '2020-06-19T12:00:00.000Z'])
  })

  it('tries no format twice', () => {
    expect(new Set(DATE_FORMATS).size).toBe(DATE_FORMATS.length)
  })
})
