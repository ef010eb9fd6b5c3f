import { copyFile, readFile, rm } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { column, failure, useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()

/** A database made by statements; left open where a test wants its log beside it. */
async function database(name: string, sql: string): Promise<{ path: string; open: Database.Database }> {
  const path = `${folder.path}/${name}`
  await rm(path, { force: true })
  const open = new Database(path)
  open.exec(sql)
  return { path, open }
}
async function closed(name: string, sql: string): Promise<string> {
  const { path, open } = await database(name, sql)
  open.close()
  return path
}
const cells = async (path: string, options: SourceOptions = {}): Promise<unknown[][]> => {
  const { parquet } = await folder.ingestPath(path, options)
  return (await folder.engine.rows(`SELECT columns(*)::VARCHAR FROM read_parquet('${parquet}')`, z.record(z.string(), z.string().nullable()))).map((row) => Object.values(row))
}

const shop = `CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO customers VALUES (1, 'Ann'), (2, 'Bob');
CREATE TABLE orders (customer INTEGER, price REAL); INSERT INTO orders VALUES (1, 2.5), (2, 3), (2, 4);
CREATE VIEW totals AS SELECT name, sum(price) AS total FROM customers JOIN orders ON customer = id GROUP BY name`

describe('SQLite', () => {
  it('reads the only table; of several the one that is named; a view; a query', async () => {
    expect(await cells(await closed('one.db', `CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, NULL)`))).toEqual([['1', 'x'], ['2', null]])
    const path = await closed('shop.sqlite', shop)
    expect(await cells(path, { table: 'Customers' })).toEqual([['1', 'Ann'], ['2', 'Bob']])
    expect((await cells(path, { table: 'totals' })).length).toBe(2)
    expect(await cells(path, { query: 'SELECT name, count(*) AS n FROM customers JOIN orders ON customer = id GROUP BY name ORDER BY n DESC;' })).toEqual([['Bob', '2'], ['Ann', '1']])
  })

  it('keeps what each cell holds: large integers, reals, text, bytes', async () => {
    const path = await closed('types.db', `CREATE TABLE t (v, i INTEGER, b); INSERT INTO t VALUES (15.0, 9007199254740993, x'00ff'), ('text', -9223372036854775808, NULL), (0.1, 3, zeroblob(5000))`)
    expect(await cells(path)).toEqual([['15.0', '9007199254740993', '00ff'], ['text', '-9223372036854775808', null], ['0.1', '3', null]])
    const { schema, report } = await folder.ingestPath(path)
    expect(column(schema, 'i').type).toBe('category')
    expect(report.findings.find(({ kind }) => kind === 'binary-column')?.message).toContain('1 of more than 1024 bytes')
  })

  it('lists the tables with their rows where none is chosen, and suggests names', async () => {
    const path = await closed('shop.sqlite', shop)
    const error = await failure(folder.ingestPath(path))
    expect(error.message).toContain('customers (2 rows), orders (3 rows); views: totals')
    expect((await failure(folder.ingestPath(path, { table: 'costumers' }))).headline).toBe('The database has no table "costumers", did you mean "customers"?')
    expect((await failure(folder.ingestPath(path, { table: 'orders', query: 'SELECT 1' }))).headline).toBe('Both a table and a query are given')
  })

  it.each(['DELETE FROM orders', 'WITH x AS (SELECT 1) DELETE FROM orders', 'PRAGMA journal_mode = WAL', "ATTACH 'other.db' AS o", 'SELECT 1; DROP TABLE orders', 'SELECT nothing FROM orders', '-- SELECT\nDROP TABLE orders'])(
    'runs nothing but a SELECT: %s',
    async (query) => {
      const path = await closed('shop.sqlite', shop)
      const before = await readFile(path)
      expect(await failure(folder.ingestPath(path, { query }))).toMatchObject({ code: 'invalid-parameter', details: { file: path } })
      expect((await readFile(path)).equals(before)).toBe(true)
    },
  )

  it('reads what another program wrote and has not yet moved into the file', async () => {
    const { path, open } = await database('wal.db', 'PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3)')
    try {
      expect(await cells(path)).toEqual([['1'], ['2'], ['3']])
    } finally {
      open.close()
    }
  })

  it('leaves nothing beside the file', async () => {
    const path = await closed('alone.db', 'PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1)')
    await copyFile(path, `${path}.copy`)
    expect(await cells(`${path}.copy`)).toEqual([['1']])
  })

  it('refuses what is no database, what is damaged, and one without tables', async () => {
    expect((await failure(folder.ingestPath(await folder.file('text.sqlite', 'id,name\n1,x\n')))).headline).toBe('The file is no SQLite database')
    const whole = await readFile(await closed('whole.db', `CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT i FROM n`))
    const cut = await folder.file('cut.db', whole.subarray(0, whole.length / 2))
    expect(await failure(folder.ingestPath(cut))).toMatchObject({ code: 'invalid-data', headline: 'The database is damaged', details: { file: cut } })
    expect((await failure(folder.ingestPath(await closed('none.db', 'CREATE TABLE t (a); DROP TABLE t')))).headline).toBe('The file has no rows')
  })

  it('is told by its first bytes, and other kinds refuse its options', async () => {
    const path = await closed('named.csv', 'CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)')
    expect((await folder.ingestPath(path)).report.format).toBe('sqlite')
    expect((await failure(folder.ingestPath(await folder.file('real.csv', 'a,b\n1,2\n'), { table: 't' }))).headline).toBe('"table" is for databases')
  })
})
