import { describe, expect, it } from 'vitest'
import type { NumberColumn } from '../../../src/main/table/column.ts'
import { loadTable } from '../../../src/main/data/load-table.ts'
import { column, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

describe('rows spread over a dataset', () => {
  it('are exactly as many as wanted, in order, even over every stretch and clear of a period', async () => {
    const rows = 30_000
    const { parquet, schema } = await folder.ingest(`n,weekday\n${Array.from({ length: rows }, (_, row) => `${row},${row % 7}`).join('\n')}\n`)
    const requests = ['n', 'weekday'].map((name) => ({ schema: column(schema, name), as: 'number' as const }))
    const read = async (wanted: number, seed: number) => {
      const table = await loadTable(folder.engine, parquet, requests, { rows: { wanted, seed } })
      const [n, weekday] = table.columns as [NumberColumn, NumberColumn]
      return { rows: table.rows, n: [...n.values], weekday: [...weekday.values] }
    }
    const sample = await read(3000, 7)
    expect(sample.rows).toBe(3000)
    expect(sample.n).toEqual(sample.n.toSorted((a, b) => a - b))
    expect(new Set(sample.n).size).toBe(3000)
    for (let third = 0; third < 3; third++) expect(Math.abs(sample.n.filter((n) => Math.floor(n / 10_000) === third).length - 1000)).toBeLessThan(5)
    for (let day = 0; day < 7; day++) expect(Math.abs(sample.weekday.filter((found) => found === day).length - 3000 / 7)).toBeLessThan(15)
    expect(await read(3000, 7)).toEqual(sample)
    expect((await read(3000, 4_000_000_000)).n).not.toEqual(sample.n)
    expect((await read(50_000, 1)).rows).toBe(rows)
    expect((await read(1, 5)).rows).toBe(1)
  })
})
