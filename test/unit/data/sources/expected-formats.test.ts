import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { quoteIdentifier } from '../../../../src/main/data/sql-text.ts'
import { column, failure, useDataFolder } from '../data-folder.ts'

const formats = fileURLToPath(new URL('../../../../../shared/data/formats/', import.meta.url))
const folder = useDataFolder()

const sheetSchema = z.object({
  rows: z.number(),
  columns: z.number(),
  column_names: z.array(z.string()),
  missing: z.record(z.string(), z.number()),
  duplicate_rows: z.number(),
  first_row: z.array(z.string()),
})

const expectedSchema = z.looseObject({
  'Chinook_Sqlite.sqlite': z.object({ tables: z.record(z.string(), z.object({ rows: z.number(), columns: z.array(z.string()) })) }),
  'ne_1033_data.xlsx': z.object({ sheets: z.record(z.string(), sheetSchema) }),
  'laser-report.xlsx': z.object({ sheets: z.record(z.string(), sheetSchema) }),
  'adults.parquet': z.object({ rows: z.number(), columns: z.number(), column_names: z.array(z.string()), first_row: z.array(z.union([z.string(), z.number()])) }),
  'bitly_usagov.jsonl': z.object({ rows: z.number(), key_counts: z.record(z.string(), z.number()) }),
  'earthquakes.json': z.object({ records_at: z.string(), rows: z.number(), property_keys: z.array(z.string()) }),
  'penguins.json': z.object({ rows: z.number(), columns: z.number(), nulls: z.record(z.string(), z.number()), values_of_sex: z.array(z.string()) }),
})

/** Real files of other kinds than text; a checkout without them says so and goes on. */
describe.skipIf(!existsSync(formats))('files of other formats read as expected.json says (skipped where ../shared/data is absent)', () => {
  const expected = existsSync(formats) ? expectedSchema.parse(JSON.parse(readFileSync(`${formats}expected.json`, 'utf8'))) : undefined
  if (expected === undefined) return
  const firstRow = async (parquet: string): Promise<unknown[]> => {
    const [row] = await folder.engine.rows(`SELECT * FROM read_parquet('${parquet}') LIMIT 1`, z.record(z.string(), z.unknown()))
    return Object.values(row ?? {})
  }
  /** A number and its spelling with more digits are the same ("138" and "138.0"), and so are a moment and its text. */
  const same = (cell: unknown): unknown =>
    cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : typeof cell === 'string' && /^-?\d+(?:\.\d+)?$/.test(cell) ? Number(cell) : cell

  it.each(['ne_1033_data.xlsx', 'laser-report.xlsx'] as const)('%s', async (name) => {
    for (const [sheet, wanted] of Object.entries(expected[name].sheets)) {
      const { rows, schema, report, parquet } = await folder.ingestPath(formats + name, { sheet })
      expect([rows, schema.columns.length, report.part]).toEqual([wanted.rows, wanted.columns, sheet])
      expect(schema.columns.map((one) => one.name)).toEqual(wanted.column_names)
      for (const [missing, count] of Object.entries(wanted.missing)) expect(column(schema, missing).missing, missing).toBe(count)
      expect((await firstRow(parquet)).map(same)).toEqual(wanted.first_row.map(same))
      const names = schema.columns.map((one) => quoteIdentifier(one.name)).join(', ')
      const counts = z.object({ n: z.number() })
      const [distinct] = await folder.engine.rows(`SELECT count(*) AS n FROM (SELECT DISTINCT ${names} FROM read_parquet('${parquet}'))`, counts)
      expect(rows - (distinct?.n ?? 0)).toBe(wanted.duplicate_rows)
    }
  })

  it('Chinook_Sqlite.sqlite, table by table', async () => {
    for (const [table, wanted] of Object.entries(expected['Chinook_Sqlite.sqlite'].tables)) {
      const { rows, schema } = await folder.ingestPath(`${formats}Chinook_Sqlite.sqlite`, { table })
      expect([table, rows, schema.columns.map((one) => one.name)]).toEqual([table, wanted.rows, wanted.columns])
    }
  })

  it('Chinook_Sqlite.sqlite without a choice lists its tables with their rows', async () => {
    const error = await failure(folder.ingestPath(`${formats}Chinook_Sqlite.sqlite`))
    expect(error).toMatchObject({ code: 'invalid-parameter', headline: 'The database has several tables' })
    expect(error.details.tables).toEqual(Object.entries(expected['Chinook_Sqlite.sqlite'].tables).map(([name, { rows }]) => ({ name, rows })))
  })

  it('adults.parquet', async () => {
    const wanted = expected['adults.parquet']
    const { rows, schema, parquet } = await folder.ingestPath(`${formats}adults.parquet`)
    expect([rows, schema.columns.length]).toEqual([wanted.rows, wanted.columns])
    expect(schema.columns.map((one) => one.name)).toEqual(wanted.column_names.map((name) => name.replace(/:[A-Z0-9_]+$/, '')))
    expect((await firstRow(parquet)).map(same)).toEqual(wanted.first_row.map(same))
  })

  it('bitly_usagov.jsonl: keys that differ by line, a list of two numbers', async () => {
    const { rows, key_counts: counts } = expected['bitly_usagov.jsonl']
    const read = await folder.ingestPath(`${formats}bitly_usagov.jsonl`)
    expect(read.rows).toBe(rows)
    const names = Object.keys(counts).flatMap((key) => (key === 'll' ? ['ll.0', 'll.1'] : [key]))
    expect(read.schema.columns.map((one) => one.name).toSorted()).toEqual(names.toSorted())
    const [filled] = await folder.engine.rows(
      `SELECT ${names.map((name) => `count(${quoteIdentifier(name)}) AS ${quoteIdentifier(name)}`).join(', ')} FROM read_parquet('${read.parquet}')`,
      z.record(z.string(), z.number()),
    )
    // A key that is there may hold null.
    const lines = readFileSync(`${formats}bitly_usagov.jsonl`, 'utf8').trim().split('\n').map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)))
    const nulls = (key: string): number => lines.filter((line) => line[key] === null).length
    expect(filled).toEqual(Object.fromEntries(names.map((name) => [name, (counts[name.replace(/\.\d$/, '')] ?? 0) - nulls(name)])))
    expect(column(read.schema, 'll.0').type).toBe('decimal')
  })

  it('earthquakes.json: the records of the list "features"', async () => {
    const wanted = expected['earthquakes.json']
    const { rows, schema, report } = await folder.ingestPath(`${formats}earthquakes.json`)
    expect([rows, report.part]).toEqual([wanted.rows, wanted.records_at])
    const properties = schema.columns.map((one) => one.name).filter((name) => name.startsWith('properties.'))
    expect(properties.toSorted()).toEqual(wanted.property_keys.map((key) => `properties.${key}`).toSorted())
  })

  it('penguins.json', async () => {
    const wanted = expected['penguins.json']
    const { rows, schema, parquet } = await folder.ingestPath(`${formats}penguins.json`)
    expect([rows, schema.columns.length]).toEqual([wanted.rows, wanted.columns])
    for (const [name, count] of Object.entries(wanted.nulls)) expect(column(schema, name).missing, name).toBe(count)
    const sexes = await folder.engine.rows(`SELECT DISTINCT coalesce(Sex, 'None') AS sex FROM read_parquet('${parquet}') ORDER BY sex`, z.object({ sex: z.string() }))
    expect(sexes.map(({ sex }) => sex)).toEqual(wanted.values_of_sex.toSorted())
  })
})
