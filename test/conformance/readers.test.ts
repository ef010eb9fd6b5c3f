import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { sourceReaders } from '../../src/main/data/sources/index.ts'
import type { DataEngine } from '../../src/main/data/engine.ts'
import { countRows, describeRelation } from '../../src/main/data/parquet.ts'
import { loadTable } from '../../src/main/data/load-table.ts'
import { readForModel } from '../../src/main/data/read-for-model.ts'
import { failure, useDataFolder } from '../unit/data/data-folder.ts'
import { writeJson, writeSqlite, writeXlsx } from '../unit/data/sources/write-files.ts'

const folder = useDataFolder()

/** Writes the rows of a query as a file of each kind, by the id of its reader. */
const writers: Readonly<Record<string, (engine: DataEngine, select: string, path: string) => Promise<void>>> = {
  delimited: (engine, select, path) => engine.run(`COPY (${select}) TO '${path}' (FORMAT csv, HEADER)`),
  'fixed-width': writeFixedWidth,
  parquet: (engine, select, path) => engine.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`),
  json: writeJson,
  xlsx: writeXlsx,
  sqlite: writeSqlite,
}

/** Every column as wide as its longest cell, two blanks between them. */
async function writeFixedWidth(engine: DataEngine, select: string, path: string): Promise<void> {
  const columns = await describeRelation(engine, `(${select})`)
  const lines: string[][] = [columns.map(({ name }) => name)]
  await engine.chunks(`SELECT ${columns.map(({ name }) => `coalesce(CAST("${name}" AS VARCHAR), '')`).join(', ')} FROM (${select})`, (chunk) => {
    for (let row = 0; row < chunk.rows; row++) lines.push(columns.map((_, index) => String(chunk.column(index).value(row))))
  })
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  await writeFile(path, lines.map((line) => `${line.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd()}\n`).join(''))
}

const table = `SELECT i::INTEGER AS n, i * 0.5 + 0.25 AS d, 'level ' || (i % 3) AS c, CASE WHEN i % 5 = 0 THEN NULL ELSE 'x' || (i % 4) END AS gaps, DATE '2020-01-01' + i::INTEGER AS day`

describe.each(sourceReaders.map((reader) => ({ id: reader.id, reader })))('reader $id', ({ id, reader }) => {
  const write = async (name: string, rows: string): Promise<string> => {
    const path = `${folder.path}/${name}${reader.extensions[0] ?? ''}`
    const writer = writers[id]
    if (writer === undefined) throw new Error(`Say here how to write a file for the reader "${id}"`)
    await writer(folder.engine, `${table} FROM range(${rows}) r(i)`, path)
    return path
  }

  it('says what it reads', () => {
    expect(reader.label).not.toBe('')
    expect(reader.extensions.every((extension) => /^\.[a-z0-9]+$/.test(extension))).toBe(true)
    expect(sourceReaders.filter((other) => other.extensions.some((extension) => reader.extensions.includes(extension)))).toEqual([reader])
  })

  it('reads names, order, gaps and types', async () => {
    const { rows, schema, parquet } = await folder.ingestPath(await write('rows', '5000'))
    expect(rows).toBe(5000)
    expect(schema.columns.map(({ name, type, missing }) => [name, type, missing])).toEqual([
      ['n', 'integer', 0],
      ['d', 'decimal', 0],
      ['c', 'category', 0],
      ['gaps', 'category', 1000],
      ['day', 'datetime', 0],
    ])
    const { columns } = await loadTable(folder.engine, parquet, schema.columns.map((column) => ({ schema: column, as: 'number' as const })))
    const [n, d, , , day] = columns.map((column) => (column.kind === 'number' ? column.values : new Float64Array()))
    expect([n?.[4999], d?.[4999], day?.[1]]).toEqual([4999, 2499.75, Date.UTC(2020, 0, 2)])
  })

  it('gives the same dataset for the same file', async () => {
    const path = await write('again', '1000')
    const [one, two] = [await folder.ingestPath(path), await folder.ingestPath(path)]
    expect((await readFile(one.parquet)).equals(await readFile(two.parquet))).toBe(true)
    expect(one.schema).toEqual(two.schema)
  })

  it('reads one row and one column', async () => {
    const path = `${folder.path}/tiny${reader.extensions[0] ?? ''}`
    await writers[id]?.(folder.engine, 'SELECT 7 AS only', path)
    expect(await folder.ingestPath(path)).toMatchObject({ rows: 1, schema: { columns: [{ name: 'only', type: 'integer', role: 'ignore' }] } })
  })

  it('refuses a file without rows for training and takes it for predictions', async () => {
    const path = await write('none', '0')
    expect((await failure(folder.ingestPath(path))).headline).toBe('The file has no rows')
    const { schema } = await folder.ingestPath(await write('some', '10'))
    const requests = schema.columns.map((column) => ({ schema: column, as: 'category' as const }))
    expect(await readForModel(folder.engine, path, requests, {}, () => undefined)).toMatchObject({ rows: 0 })
  })

  it('refuses an empty file and one of noise, by name', async () => {
    for (const content of ['', Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + (i >> 3)) % 251)]) {
      const path = await folder.file(`noise${reader.extensions[0] ?? ''}`, content)
      expect(await failure(folder.ingestPath(path))).toMatchObject({ code: 'invalid-data', details: { file: path } })
    }
  })

  it('gives a model the same cells as training saw', async () => {
    const path = await write('model', '3000')
    const { schema, parquet } = await folder.ingestPath(path)
    const requests = schema.columns.map((column) => ({ schema: column, as: column.type === 'category' ? ('category' as const) : ('number' as const) }))
    const training = await loadTable(folder.engine, parquet, requests)
    const seen: unknown[] = []
    await readForModel(folder.engine, path, requests, {}, ({ table: block }) => {
      seen.push(block)
    })
    expect(seen).toEqual([training])
    expect(await countRows(folder.engine, `read_parquet('${parquet}')`)).toBe(3000)
  })
})
