import type { CsvColumn } from './csv.ts'

type Cell = string | number | boolean

/**
 * A table of the window as a Parquet file: numbers are doubles, a column of more than one type is text, NaN is missing. Cells stay as they
 * are; nothing has to be defused for programs that read Parquet. The writer is loaded when it is first asked for.
 */
export async function toParquet(columns: readonly CsvColumn[]): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const rows = Math.max(0, ...columns.map(({ values }) => values.length))
  return parquetWriteBuffer({
    columnData: columns.map(({ name, values }) => {
      const cells = Array.from({ length: rows }, (_, row) => present(values[row]))
      const type = typeOf(cells)
      return { name, type, nullable: true, data: type === 'STRING' ? cells.map((cell) => (cell === null ? null : String(cell))) : cells }
    }),
  })
}

function present(value: CsvColumn['values'][number]): Cell | null {
  return value === undefined || Number.isNaN(value) ? null : value
}

function typeOf(cells: readonly (Cell | null)[]): 'STRING' | 'DOUBLE' | 'BOOLEAN' {
  const kinds = new Set(cells.flatMap((cell) => (cell === null ? [] : [typeof cell])))
  if (kinds.size !== 1 || kinds.has('string')) return 'STRING'
  return kinds.has('number') ? 'DOUBLE' : 'BOOLEAN'
}
