import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readForModel } from '../../../../src/main/data/read-for-model.ts'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { column, failure, schemaOf, useDataFolder } from '../data-folder.ts'

const folder = useDataFolder()

const read = async (name: string, content: string | Uint8Array, options: SourceOptions = {}) => {
  const done = await folder.ingestPath(await folder.file(name, content), options)
  const rows = await folder.engine.rows(`SELECT columns(*)::VARCHAR FROM read_parquet('${done.parquet}')`, z.record(z.string(), z.string().nullable()))
  return { ...done, cells: rows.map((row) => Object.values(row)), names: done.schema.columns.map(({ name }) => name) }
}
const wrong = async (name: string, content: string | Uint8Array, options: SourceOptions = {}) => failure(folder.ingestPath(await folder.file(name, content), options))

describe('JSON', () => {
  it('flattens objects, keeps lists as text, and makes columns of short lists of numbers', async () => {
    const { names, cells, report } = await read('nested.json', '[{"a":{"b":{"c":1}},"tags":["x","y"],"at":[1.5,2]},{"a":{"b":{"c":2},"d":"z"},"tags":[],"at":[3,4]}]')
    expect(names).toEqual(['a.b.c', 'tags', 'at.0', 'at.1', 'a.d'])
    expect(cells).toEqual([['1', '["x","y"]', '1.5', '2', null], ['2', '[]', '3', '4', 'z']])
    expect(report.findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['missing-keys', 'nested-column', 'list-columns']))
  })

  it('keeps a list as one column where its length differs', async () => {
    expect((await read('lists.jsonl', '{"l":[1,2]}\n{"l":[1,2,3]}\n')).cells).toEqual([['[1,2]'], ['[1,2,3]']])
  })

  it('keeps numbers as the file writes them', async () => {
    const { cells } = await read('digits.jsonl', '{"id":12345678901234567890,"x":1.10,"e":1e3,"f":0.1234567890123456789}\n{"id":12345678901234567891,"x":2.0,"e":2,"f":-0.5}\n')
    expect(cells.map(([id, x, e]) => [id, x, e])).toEqual([['12345678901234567890', '1.10', '1e3'], ['12345678901234567891', '2.0', '2']])
    expect(cells[0]?.[3]).toBe('0.1234567890123456789')
  })

  it('tells a null from an absent key, and takes both as missing', async () => {
    const { schema, report } = await read('gaps.jsonl', '{"a":1,"b":null}\n{"a":2}\n{"a":3,"b":"x"}\n')
    expect(column(schema, 'b').missing).toBe(2)
    expect(report.findings.find(({ kind }) => kind === 'missing-keys')?.message).toContain('"b" in 1 of 3 records')
  })

  it('keeps columns apart whose names meet', async () => {
    const { names, cells } = await read('meet.jsonl', '{"a.b":1,"a":{"b":2}}\n')
    expect([names, cells]).toEqual([['a.b', 'a.b_2'], [['1', '2']]])
  })

  it('finds the largest list of records in an object, and another one when asked', async () => {
    const text = JSON.stringify({ meta: { n: 1 }, errors: [{ code: 'e' }], data: { items: [{ x: 1 }, { x: 2 }] } })
    const found = await read('envelope.json', text)
    expect([found.report.part, found.cells]).toEqual(['data.items', [['1'], ['2']]])
    expect((await read('envelope.json', text, { records: 'errors' })).cells).toEqual([['e']])
    expect((await read('envelope.json', text, { records: '$' })).rows).toBe(1)
    expect(await wrong('envelope.json', text, { records: 'data.item' })).toMatchObject({ code: 'invalid-parameter', nextStep: 'Did you mean "data.items"?' })
  })

  it('reads records of every line at the same place', async () => {
    expect((await read('pages.jsonl', '{"items":[{"x":1}]}\n{"items":[{"x":2},{"x":3}]}\n', { records: 'items' })).cells).toEqual([['1'], ['2'], ['3']])
  })

  it('reads what a file begins with, whatever its ending', async () => {
    expect((await read('lines.csv', '{"a":1}\n{"a":2}\n')).report.format).toBe('json')
    expect((await read('array.txt', '[\n  {"a":1}\n]')).report.format).toBe('json')
  })

  it('reads lists of cells, a single object, UTF-16 and a byte order mark', async () => {
    expect((await read('lists.json', '[[1,"a"],[2,"b"]]')).names).toEqual(['column_1', 'column_2'])
    expect((await read('one.json', '{"a":1,"b":{"c":"x"}}')).cells).toEqual([['1', 'x']])
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('[{"å":"é"}]', 'utf16le')])
    expect((await read('utf16.json', utf16)).cells).toEqual([['é']])
    expect((await read('mark.json', '\ufeff[{"a":"é"}]')).names).toEqual(['a'])
  })

  it('takes NaN and Infinity as missing, and leaves such texts alone', async () => {
    const { cells, report } = await read('nan.jsonl', '{"a":NaN,"b":"NaN, Infinity"}\n{"a":-Infinity,"b":"x"}\n{"a":1,"b":"y"}\n')
    expect(cells.map(([a]) => a)).toEqual([null, null, '1'])
    expect(cells[0]?.[1]).toBe('NaN, Infinity')
    expect(report.findings.find(({ kind }) => kind === 'no-json-numbers')?.count).toBe(2)
  })

  it('reads over the ends of blocks', async () => {
    const records = Array.from({ length: 30_000 }, (_, i) => ({ id: i, text: `${'ü'.repeat(i % 60)} "quoted" {[\\ ${i}` }))
    const { rows, cells } = await read('blocks.json', JSON.stringify({ before: 1, list: records }))
    expect(rows).toBe(30_000)
    expect(cells[29_999]?.[1]).toBe(records[29_999]?.text)
  })

  it.each([
    ['a record that is not JSON', 'bad.jsonl', '{"a":1}\n{"a":}\n', 'The file is not valid JSON', 2],
    ['a comma left out', 'comma.json', '[{"a":1}\n {"a":2}]', 'The file is not valid JSON', 2],
    ['a file that was cut off', 'cut.json', '[{"a":1},\n{"a":"x', 'The file ends in the middle of a value', 2],
    ['bytes that are not UTF-8', 'latin.json', Buffer.from('[{"a":"é"}]', 'latin1'), 'The file is not valid JSON', 1],
    ['values that are no records', 'scalars.json', '[1,2]', 'The file holds values that are no records', 1],
    ['brackets nested without end', 'deep.json', `[${'{"a":'.repeat(100_000)}`, 'A record is nested too deeply', 1],
    ['a record of 40 MB', 'long.jsonl', `{"a":"${'x'.repeat(40 << 20)}"}\n`, 'A record is too long', 1],
  ])('refuses %s, with its line', async (_what, name, content, headline, line) => {
    expect(await wrong(name, content)).toMatchObject({ code: 'invalid-data', headline, details: { line } })
  })

  it('refuses keys that are values', async () => {
    expect((await wrong('keys.jsonl', Array.from({ length: 30 }, (_, i) => JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_key, k) => [`u${i * 1000 + k}`, 1])))).join('\n'))).headline).toBe(
      'The records have too many different keys',
    )
  })

  it('gives a model its columns where every record of a file says null', async () => {
    const path = await folder.file('nulls.json', '[{"at":null,"geometry":null},{"at":null,"geometry":null}]')
    const columns = ['at.0', 'geometry.type'].map((name) => ({ schema: schemaOf(name, 'category'), as: 'category' as const }))
    expect(await readForModel(folder.engine, path, columns, {}, () => undefined)).toMatchObject({ rows: 2 })
  })
})
