import { expect, it } from 'vitest'
import { describeColumns } from '../../../src/main/data/describe-columns.ts'
import { describeRelation, scanParquet } from '../../../src/main/data/parquet.ts'
import { quoteIdentifier } from '../../../src/main/data/sql-text.ts'
import { useDataFolder } from './data-folder.ts'
import { wideTable } from './wide-cells.ts'

const folder = useDataFolder()

/** Decimals of which many are spelt in two ways, and some are whole. */
function respelt(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const value = (row % 150) / 2
    return `${row % 2 === 0 ? value.toFixed(1) : String(value)},${String(row)},2024-01-${String(10 + (row % 20))}T0${String(row % 10)}:00:00`
  })
  return `amount,id,when\n${lines.join('\n')}\n`
}

it.each([
  ['mixed cells', wideTable(300, Array.from({ length: 11 }, (_, i) => i))],
  ['decimals spelt in several ways', respelt(450)],
])('a short file whose texts were looked at once says what a second look at the dataset would say: %s', async (_name, text) => {
  const { schema, parquet } = await folder.ingest(text)
  const from = scanParquet(parquet)
  const stored = (await describeRelation(folder.engine, from)).map(({ name, sqlType }) => ({ name, sqlType, expression: quoteIdentifier(name), format: schema.columns.find((column) => column.name === name)?.format }))
  const again = await describeColumns(folder.engine, from, stored)
  expect(schema.columns).toEqual(again.map((column) => column.schema))
})

it('counts decimals by their values', async () => {
  const { schema } = await folder.ingest(respelt(450))
  expect(schema.columns[0]).toMatchObject({ name: 'amount', type: 'decimal', distinct: 150 })
})
