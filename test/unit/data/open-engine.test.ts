import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import { quoteIdentifier, quoteLiteral } from '../../../src/main/data/sql-text.ts'
import { failure, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

describe('openDataEngine', () => {
  it('sets the limits and takes nothing from the network', async () => {
    const wanted = ['memory_limit', 'threads', 'autoinstall_known_extensions', 'autoload_known_extensions', 'lock_configuration']
    const settings = await folder.engine.rows(
      `SELECT name, value FROM duckdb_settings() WHERE list_contains([${wanted.map(quoteLiteral).join(', ')}], name) ORDER BY name`,
      z.object({ name: z.string(), value: z.string() }),
    )
    expect(Object.fromEntries(settings.map(({ name, value }) => [name, value]))).toEqual({
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      lock_configuration: 'true',
      memory_limit: '512.0 MiB',
      threads: '2',
    })
    await expect(folder.engine.run(`SELECT * FROM read_csv('https://example.org/a.csv')`)).rejects.toThrow(/httpfs|extension/i)
    await expect(folder.engine.run(`SET memory_limit = '100GB'`)).rejects.toThrow(/locked/)
  })

  it('gives whole numbers as numbers where they are exact, else as bigint; lists as arrays', async () => {
    const [row] = await folder.engine.rows('SELECT 3::BIGINT AS a, 9007199254740993 AS b, [1, 2] AS c, $1 AS d', z.record(z.string(), z.unknown()), ['x'])
    expect(row).toEqual({ a: 3, b: 9007199254740993n, c: [1, 2], d: 'x' })
  })

  it('streams chunks in order while other statements run', async () => {
    const seen: number[] = []
    let missing = 0
    await folder.engine.chunks('SELECT i::DOUBLE AS d, CASE WHEN i % 3 = 0 THEN NULL ELSE i::VARCHAR END AS t FROM range(10000) r(i)', async (chunk) => {
      const numbers = chunk.column(0).numbers
      for (let row = 0; row < chunk.rows; row++) {
        seen.push(numbers?.[row] ?? -1)
        if (chunk.column(1).isMissing(row)) missing++
        else expect(chunk.column(1).value(row)).toBe(String(numbers?.[row]))
      }
      await folder.engine.run('SELECT 1')
    })
    expect(seen).toEqual(Array.from({ length: 10000 }, (_, i) => i))
    expect(missing).toBe(3334)
  })

  it.each(['abcdefghijklmnop', '0123456789.-+,;:', 'äöü€日本語🦉ñ', 'x\u0000y\u007fz\u0080'])('gives texts of any length and script as they are: %j', async (alphabet) => {
    const letters = Array.from(alphabet)
    const texts = Array.from({ length: 400 }, (_, i) => (i % 7 === 0 ? null : Array.from({ length: i % 19 }, (__, k) => letters[(i * 5 + k * 3) % letters.length] ?? '').join('')))
    const found: (string | null)[] = []
    await folder.engine.chunks('SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE x END FROM (SELECT unnest(from_json($1, \'["VARCHAR"]\')) AS x, generate_subscripts(from_json($1, \'["VARCHAR"]\'), 1) - 1 AS i)', (chunk) => {
      const column = chunk.column(0)
      for (let row = 0; row < chunk.rows; row++) {
        expect(column.isMissing(row)).toBe(column.value(row) === null)
        found.push(column.value(row) as string | null)
      }
    }, [JSON.stringify(texts.map((text) => text ?? ''))])
    expect(found).toEqual(texts)
  })

  it('stops at interrupt with the error for a cancelled run', async () => {
    const endless = folder.engine.run('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b')
    setTimeout(() => {
      folder.engine.interrupt()
    }, 50)
    expect((await failure(endless)).code).toBe('cancelled')
    await folder.engine.run('SELECT 1')
  })

  it('says that the memory is too small instead of crashing', async () => {
    const small = await openDataEngine({ memoryBytes: 64 << 20, threads: 1, temporaryFolder: join(folder.path, 'no-spill') })
    const error = await failure(small.run(`SELECT list(repeat('x', 1000) || range) FROM range(1000000)`))
    expect(error.code).toBe('out-of-memory')
    await small.close()
    expect(existsSync(join(folder.path, 'no-spill'))).toBe(false)
  })

  it('closed under statements, interrupts them, waits for their end and takes no more', async () => {
    for (const delay of [0, 5, 30]) {
      const engine = await openDataEngine({ memoryBytes: 128 << 20, threads: 2, temporaryFolder: join(folder.path, `closed ${String(delay)}`) })
      await engine.run('CREATE TABLE numbers AS SELECT range AS a, hash(range) AS b FROM range(100000)')
      const running = [
        failure(engine.run('CREATE TABLE pairs AS SELECT x.a, count(*) FROM numbers AS x JOIN numbers AS y ON x.b % 100 = y.b % 100 GROUP BY x.a')),
        failure(engine.chunks('SELECT x.a FROM numbers AS x, numbers AS y', () => undefined)),
      ]
      await new Promise((later) => setTimeout(later, delay))
      await Promise.all([engine.close(), engine.close()])
      expect((await Promise.all(running)).map(({ code }) => code)).toEqual(['cancelled', 'cancelled'])
      expect((await failure(engine.run('SELECT 1'))).code).toBe('cancelled')
    }
  })
})

describe('quoting', () => {
  it('keeps any name and any text in one piece', async () => {
    const names = ['a"b', "it's", '"; DROP TABLE x; --', 'line\nbreak', 'ünïcode 名', "'; SELECT 1"]
    const items = names.map((name) => `${quoteLiteral(name)} AS ${quoteIdentifier(name)}`)
    const [row] = await folder.engine.rows(`SELECT ${items.join(', ')}`, z.record(z.string(), z.string()))
    expect(row).toEqual(Object.fromEntries(names.map((name) => [name, name])))
  })
})
