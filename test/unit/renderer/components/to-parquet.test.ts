import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, expect, test } from 'vitest'
import type { CsvColumn } from '../../../../src/renderer/components/csv.ts'
import { toParquet } from '../../../../src/renderer/components/to-parquet.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-parquet-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Rows and types as DuckDB reads them. */
async function read(columns: readonly CsvColumn[]) {
  const file = join(folder, 'table.parquet')
  writeFileSync(file, new Uint8Array(await toParquet(columns)))
  const connection = await (await DuckDBInstance.create()).connect()
  const result = await connection.runAndReadAll(`select * from '${file}'`)
  connection.closeSync()
  return { rows: result.getRows(), names: result.columnNames(), types: result.columnTypes().map(String) }
}

test('numbers, words, truths and gaps come back as they were', async () => {
  const { rows, names, types } = await read([
    { name: 'Run', values: ['r1', '=cmd|"x"', 'größe 😀'] },
    { name: 'ROC AUC', values: [0.8494, null, Number.NaN] },
    { name: 'chosen', values: [true, undefined, false] },
    { name: 'mixed', values: [1, 'two', null] },
  ])
  expect(names).toEqual(['Run', 'ROC AUC', 'chosen', 'mixed'])
  expect(types).toEqual(['VARCHAR', 'DOUBLE', 'BOOLEAN', 'VARCHAR'])
  expect(rows).toEqual([
    ['r1', 0.8494, true, '1'],
    ['=cmd|"x"', null, null, 'two'],
    ['größe 😀', null, false, null],
  ])
})

test('many rows, many columns, and none', async () => {
  const many = await read(Array.from({ length: 20 }, (_, column) => ({ name: `c${String(column)}`, values: Array.from({ length: 3001 }, (_, row) => (row % 7 === 3 ? null : row * column)) })))
  expect(many.rows).toHaveLength(3001)
  expect(many.rows[3000]?.[19]).toBe(57_000)
  expect(many.rows[3]?.[5]).toBeNull()
  expect((await read([{ name: 'empty', values: [] }])).rows).toEqual([])
})
