import { describe, expect, it } from 'vitest'
import { readForModel, type ModelBlock, type ReadForModelOptions } from '../../../src/main/data/read-for-model.ts'
import type { ColumnRequest } from '../../../src/main/data/load-table.ts'
import type { CategoryColumn, NumberColumn } from '../../../src/main/table/column.ts'
import { failure, schemaOf, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

const wanted: readonly ColumnRequest[] = [
  { schema: schemaOf('age', 'integer', { missingTokens: ['?'] }), as: 'number' },
  { schema: schemaOf('city', 'category'), as: 'category' },
  { schema: schemaOf('since', 'datetime', { format: '%d.%m.%Y' }), as: 'number' },
]

async function read(text: string, options: ReadForModelOptions = {}, columns = wanted): Promise<{ rows: number; blocks: ModelBlock[]; inputColumns: readonly string[] }> {
  const blocks: ModelBlock[] = []
  const file = await folder.file(`input ${Math.abs(text.length)}.csv`, text)
  const done = await readForModel(folder.engine, file, columns, options, (block) => {
    blocks.push(block)
  })
  return { ...done, blocks }
}

describe('readForModel', () => {
  it('takes the columns that the model knows, in any order, with their missing tokens and formats', async () => {
    const { rows, blocks } = await read('extra,since,city,age\nx,01.02.2020, Rome ,41\ny,,NA,?\nz,02.02.2020,Oslo, 7\n')
    expect(rows).toBe(3)
    const [age, city, since] = blocks[0]?.table.columns ?? []
    expect([...(age as NumberColumn).values]).toEqual([41, Number.NaN, 7])
    expect((city as CategoryColumn).categories).toEqual(['Rome', 'Oslo'])
    expect([...(city as CategoryColumn).codes]).toEqual([0, -1, 1])
    expect([...(since as NumberColumn).values]).toEqual([Date.UTC(2020, 1, 1), Number.NaN, Date.UTC(2020, 1, 2)])
  })

  it('hands on blocks of equal length in order, and waits for each', async () => {
    const rows = 10_000
    const text = `age,city,since\n${Array.from({ length: rows }, (_, row) => `${row},c${row % 3},`).join('\n')}\n`
    const seen: number[] = []
    let inside = 0
    const file = await folder.file('blocks.csv', text)
    const done = await readForModel(folder.engine, file, wanted, { blockRows: 3000 }, async (block) => {
      expect(++inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 1))
      expect(block.firstRow).toBe(seen.length)
      seen.push(...(block.table.columns[0] as NumberColumn).values)
      inside--
    })
    expect(done.rows).toBe(rows)
    expect(seen).toEqual(Array.from({ length: rows }, (_, row) => row))
  })

  it('hands on the cells of the file as they are, where asked to', async () => {
    const { blocks, inputColumns } = await read('age, city ,since,note\n 41,Rome,,"a ""b"", c"\n7,,,\n', { keepInput: true })
    expect(inputColumns).toEqual(['age', 'city', 'since', 'note'])
    expect(blocks[0]?.input).toEqual([[' 41', '7'], ['Rome', null], [null, null], ['a "b", c', null]])
  })

  it('reads a file without rows, and one whose names could be data', async () => {
    expect(await read('age,city,since\n')).toMatchObject({ rows: 0, blocks: [] })
    const numbers = [{ schema: schemaOf('1', 'integer'), as: 'number' as const }, { schema: schemaOf('2', 'integer'), as: 'number' as const }]
    expect((await read('1,2\n3,4\n', {}, numbers)).rows).toBe(1)
  })

  it('names every column that the file lacks, with a guess', async () => {
    const error = await failure(read('Age,town\n1,x\n'))
    expect(error).toMatchObject({ code: 'invalid-data', details: { missing: ['age', 'city', 'since'] } })
    expect(error.message).toContain('"age" (did you mean its column "Age"?)')
  })

  it('refuses text where a number belongs: file, row, column and value are named', async () => {
    const error = await failure(read('age,city,since\n1,a,\n2,b,\nold,c,\n'))
    expect(error.details).toMatchObject({ row: 3, column: 'age', value: 'old' })
    const date = await failure(read('age,city,since\n1,a,2020-01-31\n'))
    expect(date.details).toMatchObject({ row: 1, column: 'since', value: '2020-01-31' })
    expect(date.message).toContain('%d.%m.%Y')
  })

  it('takes such text as missing where asked to', async () => {
    const { blocks } = await read('age,city,since\nold,c,\n5,d,\n', { onInvalid: 'missing' })
    expect([...(blocks[0]?.table.columns[0] as NumberColumn).values]).toEqual([Number.NaN, 5])
  })

  it('finds an invalid cell far down in the file', async () => {
    const text = `age,city,since\n${'1,a,\n'.repeat(60_000)}x,a,\n`
    expect((await failure(read(text))).details).toMatchObject({ row: 60_001, value: 'x' })
  })

  it('says where a line has the wrong number of fields', async () => {
    expect((await failure(read('age,city,since\n1,a,\n2,b\n'))).details).toMatchObject({ line: 3, found: 2, expected: 3 })
  })

  it('takes Inf and unseen tokens in a column of numbers as missing, and hands 1e308 on', async () => {
    const { blocks } = await read('age,city,since\nInf,a,\nnan,a,\n-,a,\n1e308,a,\n')
    expect([...(blocks[0]?.table.columns[0] as NumberColumn).values]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1e308])
  })
})
