import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { describeRelation, scanParquet } from '../../../src/main/data/parquet.ts'
import { loadTable } from '../../../src/main/data/load-table.ts'
import { column, failure, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

function table(header: string, rows: number, cells: (row: number) => string): string {
  return `${header}\n${Array.from({ length: rows }, (_, row) => cells(row)).join('\n')}\n`
}

describe('storage is decided from the first rows and checked in every row', () => {
  it('stores as text what a late cell contradicts, and says so in types', async () => {
    const text = table('whole,late,real,day', 30_000, (row) => `${row},${row === 25_000 ? 'oops' : row},${row === 29_999 ? '007' : `${row}.25`},${row === 20_000 ? '2020-02-30' : '2020-01-02'}`)
    const { schema, parquet, report } = await folder.ingest(text)
    const stored = await describeRelation(folder.engine, scanParquet(parquet))
    expect(stored.map(({ sqlType }) => sqlType)).toEqual(['BIGINT', 'VARCHAR', 'VARCHAR', 'VARCHAR'])
    expect(schema.columns.map(({ type }) => type)).toEqual(['integer', 'integer', 'category', 'category'])
    expect(column(schema, 'late')).toMatchObject({ missing: 1, missingTokens: ['oops'] })
    expect(report.findings.find(({ kind }) => kind === 'mostly-numbers')?.message).toContain('row 25001: "oops"')
  })

  it('finds the same types and counts in a long table as in a short one', async () => {
    const cells = (row: number): string =>
      [row + 1, row % 7, `${(row * 7919) % 9973}.5`, row % 11 === 0 ? 'NA' : row % 50, ['red', 'green', 'blue'][row % 3], `C${row % 900}`, row % 2 === 0 ? 'yes' : 'no', `2021-0${1 + (row % 9)}-1${row % 10}`].join(',')
    const header = 'id,few,real,gaps,colour,code,flag,day'
    const [short, long] = [await folder.ingest(table(header, 10_000, cells)), await folder.ingest(table(header, 40_000, cells))]
    const facts = (schema: typeof short.schema): string[] => schema.columns.map(({ type, role, distinct, missingTokens }) => `${type} ${role} ${distinct} ${missingTokens.join()}`)
    const [first, ...rest] = facts(long.schema)
    expect(first).toBe('integer identifier 40000 ')
    expect(rest).toEqual(facts(short.schema).slice(1))
  })

  it('reads a table of very many columns', async () => {
    const width = 1500
    const text = table(Array.from({ length: width }, (_, i) => `v${i}`).join(','), 40, (row) => Array.from({ length: width }, (_, i) => (i % 2 === 0 ? row * i : `t${row % 4}`)).join(','))
    const { schema } = await folder.ingest(text)
    expect(schema.columns).toHaveLength(width)
    expect(schema.columns.slice(2, 4).map(({ type }) => type)).toEqual(['integer', 'category'])
  })
})

describe('numbers that stand for "no value"', () => {
  const text = table('t,n', 400, (row) => `${row % 10 === 0 ? -200 : 15 + (row % 20)},${row % 9}`)

  it('are proposed with counts and not taken by themselves', async () => {
    const { schema, report } = await folder.ingest(text)
    expect(column(schema, 't')).toMatchObject({ type: 'integer', missing: 0 })
    expect(report.findings).toEqual([expect.objectContaining({ kind: 'possible-sentinel', column: 't', count: 40 })])
  })

  it('are taken where the user says so, in one column or in all', async () => {
    for (const missing of [{ t: ['-200'] }, { '*': ['-200'] }]) {
      const { schema, parquet, report } = await folder.ingest(text, { missing })
      expect(column(schema, 't')).toMatchObject({ type: 'integer', missing: 40, distinct: 18, missingTokens: ['-200'] })
      expect(report.findings.map(({ kind }) => kind)).not.toContain('possible-sentinel')
      const { columns } = await loadTable(folder.engine, parquet, [{ schema: column(schema, 't'), as: 'number' }])
      expect(columns[0]?.kind === 'number' ? columns[0].values.filter(Number.isNaN).length : 0).toBe(40)
    }
  })

  it('are found among numbers with decimal commas', async () => {
    const { report } = await folder.ingest(table('t;n', 400, (row) => `${row % 10 === 0 ? '-200' : `${15 + (row % 20)},5`};${row % 9}`))
    expect(report.findings.map(({ kind, column: name }) => `${kind} ${name ?? ''}`)).toEqual(['possible-sentinel t'])
  })

  it('must name a column of the file', async () => {
    const error = await failure(folder.ingest(text, { missing: { tt: ['-200'] } }))
    expect(error).toMatchObject({ code: 'invalid-parameter', details: { column: 'tt' } })
  })
})

describe('a file that cannot be read as asked', () => {
  it('leaves no dataset behind', async () => {
    const kept = new Set(await readdir(folder.path))
    await failure(folder.ingest('a,b\n1,x\n2,y\n', { types: { b: 'decimal' } }))
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.parquet') && !kept.has(name))).toEqual([])
  })
})

describe('a sample', () => {
  const text = table('id,x', 5000, (row) => `${row},${row % 13}`)

  it('is drawn by its seed, in file order, and says that it is one', async () => {
    const [first, again, other] = [await folder.ingest(text, { sample: { rows: 700, seed: 1 } }), await folder.ingest(text, { sample: { rows: 700, seed: 1 } }), await folder.ingest(text, { sample: { rows: 700, seed: 2 } })]
    const ids = async ({ parquet, schema }: typeof first): Promise<number[]> => {
      const { columns } = await loadTable(folder.engine, parquet, [{ schema: column(schema, 'id'), as: 'number' }])
      return columns[0]?.kind === 'number' ? [...columns[0].values] : []
    }
    expect(first.rows).toBe(700)
    expect(first.report).toMatchObject({ sample: { rows: 700, of: 5000, seed: 1 }, findings: [{ kind: 'sample', count: 700 }] })
    expect(await ids(again)).toEqual(await ids(first))
    expect(await ids(other)).not.toEqual(await ids(first))
    expect(await ids(first)).toEqual((await ids(first)).toSorted((a, b) => a - b))
  })

  it('is the whole file where that has no more rows', async () => {
    const { rows, report } = await folder.ingest(text, { sample: { rows: 6000, seed: 1 } })
    expect([rows, report.sample]).toEqual([5000, undefined])
  })
})
