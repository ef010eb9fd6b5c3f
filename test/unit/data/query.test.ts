import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import { queryDatasets, type QueryTable } from '../../../src/main/data/query/query-datasets.ts'
import type { SourceOptions } from '../../../src/main/data/sources/source-reader.ts'
import { column, failure, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()
let made = 0

async function table(name: string, csv: string, types: Record<string, string> = {}): Promise<QueryTable> {
  const { parquet, schema } = await folder.ingest(csv, { types })
  return { name, parquet, schema }
}
async function ask(query: string, tables: readonly QueryTable[], engine = folder.engine) {
  const output = `${folder.path}/answer ${++made}.parquet`
  const done = await queryDatasets(engine, { query, tables, types: {}, output, progress: () => undefined })
  const rows = await folder.engine.rows(`SELECT columns(*)::VARCHAR FROM read_parquet('${output}')`, z.record(z.string(), z.string().nullable()))
  return { ...done, output, cells: rows.map((row) => Object.values(row)) }
}
const customers = () => table('customers', 'id,name,since,city\n1,Ann,2020-01-31,Ulm\n2,Bob,2021-05-01,?\n3,Cid,2019-12-24,Ulm\n')
const orders = () => table('my orders', 'customer,price,day\n2,2.50,01/02/2024\n1,NA,13/02/2024\n2,4,15/03/2024\n', { day: 'datetime:%d/%m/%Y' })

describe('queries over datasets', () => {
  it('joins and groups typed columns: numbers add up, dates compare, missing is NULL', async () => {
    const { cells, schema, order } = await ask(
      `SELECT name, count(*) AS n, sum(price) AS total, max(day) AS last FROM customers JOIN "my orders" ON id = customer
       WHERE day > DATE '2024-01-31' GROUP BY name ORDER BY total DESC NULLS LAST`,
      [await customers(), await orders()],
    )
    expect(order).toBe('own')
    expect(cells.map((row) => row.slice(0, 3))).toEqual([['Bob', '2', '6.5'], ['Ann', '1', null]])
    expect(column(schema, 'last').type).toBe('datetime')
    expect((await ask('SELECT count(*) AS n, count(city) AS known FROM customers', [await customers()])).cells).toEqual([['3', '2']])
  })

  it('has windows, pivots, WITH and FROM', async () => {
    const tables = [await customers(), await orders()]
    expect((await ask('SELECT id, row_number() OVER (PARTITION BY city ORDER BY since) AS k FROM customers ORDER BY id', tables)).cells).toEqual([['1', '2'], ['2', '1'], ['3', '1']])
    const pivot = await ask('PIVOT "my orders" ON customer USING count(*) GROUP BY price', tables)
    expect([pivot.schema.columns.map(({ name }) => name), pivot.rows]).toEqual([['price', '1', '2'], 3])
    expect((await ask('WITH ulm AS (FROM customers WHERE city = \'Ulm\') SELECT id FROM ulm', tables)).cells).toEqual([['1'], ['3']])
  })

  it('keeps the order of a table that it filters, and sorts what has none', async () => {
    const tables = [await table('t', 'k,v\nc,1\na,2\nb,3\nc,0\n')]
    expect(await ask('SELECT k, v FROM t WHERE v <> 2', tables)).toMatchObject({ order: 'input', cells: [['c', '1'], ['b', '3'], ['c', '0']] })
    expect(await ask('SELECT k, sum(v) AS s FROM t GROUP BY k', tables)).toMatchObject({ order: 'sorted', cells: [['a', '2'], ['b', '3'], ['c', '1']] })
  })

  it('gives the same bytes on one thread and on four', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i % 977},${Math.sin(i)}`).join('\n')
    const tables = [await table('t', `k,v\n${rows}\n`)]
    const [hashes, query] = [new Set<string>(), 'SELECT k, sum(v) AS s, first(v) AS f FROM t GROUP BY k']
    for (const threads of [1, 4]) {
      const engine = await openDataEngine({ memoryBytes: 256 << 20, threads, temporaryFolder: `${folder.path}/spill ${threads}` })
      const { output } = await ask(query, tables, engine)
      await engine.close()
      const [hash] = await folder.engine.rows(`SELECT sha256(content) AS h FROM read_blob('${output}')`, z.object({ h: z.string() }))
      hashes.add(hash?.h ?? '')
    }
    expect(hashes.size).toBe(1)
  })

  it.each([
    ['SELECT a FROM t;\nDROP TABLE t', 'The query is not one SELECT'],
    ["COPY t TO '/tmp/x.csv'", 'The query is not one SELECT'],
    ["ATTACH 'x.db'", 'The query is not one SELECT'],
    ['SET threads = 8', 'The query is not one SELECT'],
    ['INSTALL httpfs', 'The query is not one SELECT'],
    ["PIVOT t ON k; COPY t TO 'x'", 'The query is not one SELECT'],
    ["SELECT * FROM (SELECT 1)) TO 'x'; COPY (SELECT 2", 'The query is not valid SQL'],
    ["SELECT * FROM read_csv('/etc/passwd')", 'The query cannot be run'],
    ["SELECT * FROM '/etc/passwd'", 'The query cannot be run'],
    ["SELECT * FROM read_text('/etc/passwd')", 'The query cannot be run'],
    ["SELECT * FROM glob('/etc/*')", 'The query cannot be run'],
    ['SELECT k, random() FROM t', 'The query gives another result each time'],
    ['SELECT k FROM t WHERE now() > current_timestamp', 'The query gives another result each time'],
    ['SELECT current_date AS d', 'The query gives another result each time'],
    ['FROM t USING SAMPLE 2 ROWS', 'The query gives another result each time'],
    ['SELECT k FROM t WHERE v > 100', 'The query gives no rows'],
  ])('refuses %s', async (query, headline) => {
    expect((await failure(ask(query, [await table('t', 'k,v\na,1\nb,2\n')]))).headline).toBe(headline)
  })

  it('names line and column of what is wrong, with the tables there are', async () => {
    const tables = [await table('t', 'k,v\na,1\nb,2\n')]
    expect(await failure(ask('SELECT k,\n  vv\nFROM t', tables))).toMatchObject({
      message: expect.stringMatching(/^Line 2, column 3: .*"vv".*"v"/) as string,
      nextStep: 'Correct the query. Its tables are t (k, v).',
      details: { line: 2, column: 3 },
    })
    expect((await failure(ask('SELECT k\nFROM t WHERE (', tables))).message).toBe('Line 2, column 15: syntax error at end of input.')
    expect((await failure(ask('SELECT CAST(k AS INTEGER) AS n FROM t', tables))).message).toMatch(/Could not convert string 'a'/)
  })
})

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

describe.skipIf(!existsSync(shared))('queries over real tables (skipped where ../shared/data is absent)', () => {
  const real = async (name: string, path: string, options: SourceOptions = {}): Promise<QueryTable> => {
    const { parquet, schema } = await folder.ingestPath(shared + path, options)
    return { name, parquet, schema }
  }

  it('Chinook: sales by genre', async () => {
    const tables = await Promise.all(['Genre', 'Track', 'InvoiceLine'].map(async (name) => real(name, 'formats/Chinook_Sqlite.sqlite', { table: name })))
    const { cells } = await ask(
      'SELECT g.Name AS genre, count(*) AS lines, round(sum(i.UnitPrice * i.Quantity), 2) AS sales FROM InvoiceLine i JOIN Track t USING (TrackId) JOIN Genre g USING (GenreId) GROUP BY ALL ORDER BY sales DESC LIMIT 2',
      tables,
    )
    expect(cells).toEqual([['Rock', '835', '826.65'], ['Latin', '386', '382.14']])
  })

  it('restaurant ratings: every rating with the profile of its user, whose id is written in two ways', async () => {
    const ratings = await real('ratings', 'restaurant-ratings/rating_final.csv')
    const users = await real('users', 'restaurant-ratings/userprofile.csv')
    const places = await real('places', 'restaurant-ratings/geoplaces2.csv', { encoding: 'latin-1' })
    const { rows, schema } = await ask("SELECT r.*, u.* EXCLUDE (userID), p.name AS place FROM ratings r JOIN users u ON u.userID = 'U' || r.UserID JOIN places p USING (placeID)", [ratings, users, places])
    expect(rows).toBe(1161)
    expect(schema.columns.some(({ name }) => name === 'place')).toBe(true)
  })
})
