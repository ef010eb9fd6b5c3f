import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { column, failure, useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()

async function written(select: string, options = ''): Promise<string> {
  const path = `${folder.path}/made.parquet`
  await folder.engine.run(`COPY (${select}) TO '${path}' (FORMAT parquet${options})`)
  return path
}

describe('Parquet of others', () => {
  it('keeps nested values as JSON text and bytes as digits, and says so', async () => {
    const path = await written(`SELECT i AS n, [i, i + 1] AS l, {'a': i, 'b': ['x']} AS s, MAP {'k': i} AS m, 'ab'::BLOB AS b FROM range(3) r(i)`)
    const { parquet, report } = await folder.ingestPath(path)
    const [row] = await folder.engine.rows(`SELECT l, s, m, b::VARCHAR AS b FROM read_parquet('${parquet}') LIMIT 1`, z.record(z.string(), z.string()))
    expect(row).toEqual({ l: '[0,1]', s: '{"a":0,"b":["x"]}', m: '{"k":0}', b: '6162' })
    expect(report.findings.map(({ kind }) => kind).filter((kind) => kind.endsWith('-column') && kind !== 'constant-column')).toEqual(['nested-column', 'nested-column', 'nested-column', 'binary-column'])
  })

  it('reads decimals, moments with and without zone, truth values, and integers beyond 64 bits', async () => {
    const path = await written(
      `SELECT (i + 0.1)::DECIMAL(18,2) AS price, TIMESTAMPTZ '2020-01-01 00:00:00+02' + INTERVAL (i) DAY AS zoned, DATE '2020-01-01' + i::INTEGER AS day, i % 2 = 0 AS even, 18446744073709551615::UBIGINT - i::UBIGINT AS huge FROM range(200) r(i)`,
    )
    const { schema, parquet } = await folder.ingestPath(path)
    expect(['price', 'zoned', 'day', 'even', 'huge'].map((name) => column(schema, name).type)).toEqual(['decimal', 'datetime', 'datetime', 'boolean', 'category'])
    const [row] = await folder.engine.rows(`SELECT zoned::VARCHAR AS zoned, huge FROM read_parquet('${parquet}') LIMIT 1`, z.record(z.string(), z.string()))
    expect(row).toEqual({ zoned: '2019-12-31 22:00:00', huge: '18446744073709551615' })
  })

  it.each(['snappy', 'gzip', 'zstd', 'uncompressed'])('reads %s', async (codec) => {
    expect((await folder.ingestPath(await written(`SELECT i AS n, 'c' || (i % 3) AS c FROM range(5000) r(i)`, `, COMPRESSION ${codec}`))).rows).toBe(5000)
  })

  it('refuses a file that was cut off or altered, by name', async () => {
    const whole = await readFile(await written(`SELECT i AS n, md5(i::VARCHAR) AS t FROM range(20000) r(i)`))
    const altered = Buffer.from(whole)
    altered.fill(0xff, 200, 60_000)
    for (const bytes of [whole.subarray(0, whole.length - 100), whole.subarray(0, 500), altered]) {
      const path = await folder.file('broken.parquet', bytes)
      expect(await failure(folder.ingestPath(path))).toMatchObject({ code: 'invalid-data', headline: 'The file is not a Parquet file that can be read', details: { file: path } })
    }
  })
})
