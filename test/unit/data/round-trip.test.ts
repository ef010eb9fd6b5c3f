import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadTable } from '../../../src/main/data/load-table.ts'
import type { CategoryColumn } from '../../../src/main/table/column.ts'
import { useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

/** Any text without NUL or lone surrogates, weighted towards what breaks readers. */
const nasty = fc
  .array(fc.oneof(fc.constantFrom('"', "'", ',', ';', '\t', '|', '\n', '\r\n', '; DROP TABLE x; --', '名前', 'é', '🚲', '\\', '%', '$1', ' '), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 5 })
  .map((parts) => parts.join('').replaceAll(/[\0\r]/g, '').trim())

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('text', () => {
  it('comes back as it was written, in names and in cells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(nasty.filter((name) => name !== ''), { minLength: 2, maxLength: 4, selector: (name) => name.toLowerCase() }), fc.array(nasty, { minLength: 12, maxLength: 12 }), async (names, cells) => {
        const rows = Array.from({ length: 3 }, (_, row) => names.map((_name, index) => `x${cells[row * names.length + index] ?? ''}`))
        const csv = [names, ...rows].map((row) => row.map(quoted).join(',')).join('\n')
        const { parquet, schema } = await folder.ingest(`${csv}\n`, { header: true, delimiter: ',', quote: '"' })
        expect(schema.columns.map(({ name }) => name)).toEqual(names)
        const { columns } = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'category' as const })))
        const found = rows.map((_row, row) => columns.map((each) => (each as CategoryColumn).categories[(each as CategoryColumn).codes[row] ?? -1]))
        expect(found).toEqual(rows)
      }),
      { numRuns: 15 },
    )
  })

  it('comes back without being told how the file is written', async () => {
    const cell = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', 'b', 'é', ',', '"', '\n', ' ', "'", '7') }).map((text) => `x${text}y`)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 8, maxLength: 20 }), async (rows) => {
        const csv = [['one', 'two', 'three'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')
        const { parquet, schema } = await folder.ingest(csv)
        expect(schema.columns.map(({ name }) => name)).toEqual(['one', 'two', 'three'])
        const { columns } = await loadTable(folder.engine, parquet, schema.columns.map((each) => ({ schema: each, as: 'category' as const })))
        expect(rows.map((_row, row) => columns.map((each) => (each as CategoryColumn).categories[(each as CategoryColumn).codes[row] ?? -1]))).toEqual(rows)
      }),
      { numRuns: 15 },
    )
  })
})

describe('a dataset version', () => {
  it('has the same bytes whenever it is made from the same file, with any number of threads', async () => {
    const { sha256File } = await import('../../../src/main/base/hash.ts')
    const { openDataEngine } = await import('../../../src/main/data/open-engine.ts')
    const { ingestFile } = await import('../../../src/main/data/ingest-file.ts')
    const text = `n,d,c\n${Array.from({ length: 150_000 }, (_, row) => `${row},${(row * 7919) % 1009}.25,level ${row % 13}`).join('\n')}\n`
    const file = await folder.file('same.csv', text)
    const hashes = new Set<string>()
    for (const threads of [1, 2, 4]) {
      const engine = await openDataEngine({ memoryBytes: 512 << 20, threads, temporaryFolder: `${folder.path}/spill ${threads}` })
      const output = `${folder.path}/same ${threads}.parquet`
      await ingestFile(engine, { file, options: {}, types: {}, output, progress: () => undefined })
      await engine.close()
      hashes.add(await sha256File(output))
    }
    expect(hashes.size).toBe(1)
  })
})
