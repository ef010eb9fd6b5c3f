import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createAbortFlag } from '../../../../src/main/base/abort.ts'
import { openGridTable, type GridTable } from '../../../../src/main/data/grid/grid-table.ts'
import { parseCondition } from '../../../../src/main/data/page-condition.ts'
import { openPages } from '../../../../src/main/data/page.ts'
import type { SortKey } from '#shared/domain/row-order.ts'
import { failure, useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()
const opened: GridTable[] = []
let count = 0

afterEach(async () => {
  for (const table of opened.splice(0)) await table.close()
})

async function scratch(): Promise<string> {
  const path = join(folder.path, `grid ${String(count++)}`)
  await mkdir(path)
  return path
}

async function open(csv: string) {
  const { parquet, schema } = await folder.ingest(csv)
  const table = await openGridTable(folder.engine, parquet, schema, await scratch())
  opened.push(table)
  return { table, parquet, schema, names: schema.columns.map(({ name }) => name) }
}

/** Numbers, moments, texts with stray spaces, tokens for missing cells, gaps, and a column named as DuckDB names its rows. */
function manyRows(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const score = i % 7 === 3 ? '' : ((i * 7919) % 1000) / 4
    const city = i % 11 === 5 ? 'N/A' : ['Lyon', ' york ', 'York', 'Nice', 'Ürgüp'][(i * 31) % 5]
    return `${String(i)},${String(score)},${String(city)},2024-0${String(1 + (i % 9))}-1${String(i % 10)},${String((i * 13) % 17)},${i % 2 === 0 ? 'yes' : 'no'}`
  })
  return `key0,score,city,joined,rowid,member\n${lines.join('\n')}\n`
}

const views: readonly { readonly sort: readonly SortKey[]; readonly where: readonly string[] }[] = [
  { sort: [], where: [] },
  { sort: [{ column: 'score', descending: true }], where: [] },
  { sort: [{ column: 'city', descending: false }, { column: 'score', descending: true }], where: ['rowid >= 4'] },
  { sort: [{ column: 'joined', descending: true }], where: ['city is not missing', 'score is not missing'] },
  { sort: [], where: ['city = York'] },
  { sort: [], where: ['city is missing'] },
  { sort: [{ column: 'rowid', descending: false }], where: ['joined > 2024-03-04', 'member = yes'] },
  { sort: [], where: ['city contains york', 'score < 100.5'] },
  { sort: [], where: ['city starts with Ü'] },
  { sort: [{ column: 'key0', descending: true }], where: ['city != Lyon', 'key0 != 12'] },
]

describe('a table in a grid', () => {
  it('shows the same rows as pages of the file, from the file and from its copy, at the beginning and further down', async () => {
    const { table, parquet, schema, names } = await open(manyRows(3000))
    const check = async (shown: GridTable): Promise<void> => {
      for (const { sort, where } of views) {
        const filter = where.map((text) => parseCondition(text, schema.columns))
        const wanted = await openPages(folder.engine, parquet, schema, { sort, filter }, await scratch())
        const view = shown.view({ sort, filter })
        const total = await wanted.total()
        for (const offset of [0, 100, 1500, Math.max(0, total - 5)]) {
          expect(await view.page(names, offset, 20), `${JSON.stringify(sort)} ${where.join()} ${String(offset)}`).toEqual(await wanted.page(offset, 20))
        }
        expect(await view.counted()).toBe(total)
        expect(view.total()).toBe(total)
        await wanted.close()
      }
    }
    await check(table)
    const again = await openGridTable(folder.engine, parquet, schema, await scratch())
    opened.push(again)
    await again.warm()
    await check(again)
  })

  it('shows some columns only, and cuts long cells but gives them whole when asked', async () => {
    const long = 'x'.repeat(5000)
    const { table } = await open(`id,note\n1,${long}\n2,short\n`)
    const page = await table.view({}).page(['note'], 0, 10)
    expect(page.columns).toHaveLength(1)
    expect(page.columns[0]?.values[0]).toHaveLength(301)
    expect(page.columns[0]?.values[1]).toBe('short')
    expect(await table.view({}).cell('note', 0, 100_000)).toBe(long)
    const sorted = table.view({ sort: [{ column: 'id', descending: true }] })
    expect(await sorted.cell('note', 0, 100_000)).toBe('short')
    expect(await sorted.cell('id', 0, 10)).toBe('2')
  })

  it('finds text forwards and backwards, in the order of the view, and goes on from the other end', async () => {
    const { table, schema, names } = await open('age,city,joined\n30,Lyon,2024-01-02\n,york,2024-03-04\n9,York,\n100,,2023-05-06\n31,Nice,2024-01-01\n')
    const plain = table.view({})
    expect(await plain.find(names, 'YORK', 0, false)).toEqual({ row: 1, matches: 2, before: 0 })
    expect(await plain.find(names, 'york', 2, false)).toEqual({ row: 2, matches: 2, before: 1 })
    expect(await plain.find(names, 'york', 3, false)).toEqual({ row: 1, matches: 2, before: 0 })
    expect(await plain.find(names, 'york', 0, true)).toEqual({ row: 2, matches: 2, before: 1 })
    expect(await plain.find(names, '3', 0, false)).toMatchObject({ matches: 4 })
    expect(await plain.find(['age'], '3', 0, false)).toMatchObject({ matches: 2 })
    expect(await plain.find(names, "'; DROP TABLE x; --", 0, false)).toEqual({ row: undefined, matches: 0, before: 0 })
    const sorted = table.view({ sort: [{ column: 'age', descending: true }], filter: [parseCondition('city is not missing', schema.columns)] })
    expect(await sorted.find(names, 'york', 0, false)).toEqual({ row: 2, matches: 2, before: 0 })
    expect(await sorted.find(names, 'york', 3, false)).toEqual({ row: 3, matches: 2, before: 1 })
  })

  it('keeps a few views, stops a reading that was superseded, and refuses a column that is not there', async () => {
    const { table, names } = await open(manyRows(500))
    for (let column = 0; column < 20; column++) {
      const view = table.view({ sort: [{ column: names[column % names.length] ?? '', descending: column > 9 }] })
      expect((await view.page(names, 400, 10)).rows).toBe(10)
    }
    const flag = createAbortFlag()
    flag.abort()
    expect(await failure(table.view({}).page(names, 0, 10, flag))).toMatchObject({ code: 'cancelled' })
    expect(await failure(Promise.resolve().then(() => table.view({ sort: [{ column: 'scroe', descending: false }] })))).toMatchObject({ headline: 'There is no column "scroe"' })
  })
})
