import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadTable } from '../../../src/main/data/load-table.ts'
import type { CategoryColumn } from '../../../src/main/table/column.ts'
import { useDataFolder } from '../../unit/data/data-folder.ts'

const folder = useDataFolder()
const input = fileURLToPath(new URL('input/', import.meta.url))
const output = fileURLToPath(new URL('output/', import.meta.url))

/** `input/<case>` read as a dataset: `output/<case>.json` holds what must come out. Set UPDATE_GOLDEN to write it anew. */
describe('a file becomes a dataset', () => {
  it.each(readdirSync(input))('%s', async (name) => {
    const { rows, schema, report, parquet } = await folder.ingestPath(`${input}${name}`)
    const { columns } = await loadTable(folder.engine, parquet, schema.columns.map((column) => ({ schema: column, as: 'category' as const })))
    const cells = columns.map((column) => Array.from((column as CategoryColumn).codes, (code) => (column as CategoryColumn).categories[code] ?? null))
    const found = { rows, schema, report, cells }
    const file = `${output}${name}.json`
    if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
    expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')))
  })
})
