import type { DataEngine, SqlValue } from '../engine.ts'
import type { PageColumn, TablePage } from '../page.ts'
import { ROW_NUMBER } from '../parquet.ts'
import { quoteIdentifier } from '../sql-text.ts'
import { isStoredNumber } from '../view-cell.ts'
import { requireColumn, type NumberedRows } from '../view-sql.ts'

/** Characters of a cell that a page holds at most; a longer one ends with an ellipsis. */
export const SHOWN_CHARACTERS = 300

/** Which rows: a stretch of the table, or rows by their numbers in the order to show them in. */
export type RowChoice = { readonly from: number; readonly count: number } | { readonly numbers: readonly number[] }

/** Cells of some rows of a table, texts cut to what a grid shows. */
export async function readRows(engine: DataEngine, rows: NumberedRows, names: readonly string[], choice: RowChoice, characters = SHOWN_CHARACTERS): Promise<Omit<TablePage, 'offset'>> {
  const wanted = 'numbers' in choice ? choice.numbers.length : choice.count
  for (const name of names) requireColumn(rows.schema, name)
  const columns = names.map((name) => emptyColumn(name, rows.types.get(name) ?? 'VARCHAR', wanted, characters))
  const position = 'numbers' in choice ? new Map(choice.numbers.map((number, at) => [number, at])) : undefined
  const first = 'from' in choice ? choice.from : 0
  let count = 0
  if (wanted > 0) {
    await engine.chunks(`SELECT ${[...columns.map(({ sql }) => sql), `CAST(${ROW_NUMBER} AS DOUBLE)`].join(', ')} FROM ${rows.from} WHERE ${condition(choice)}`, (chunk) => {
      const numbers = chunk.column(columns.length)
      for (let row = 0; row < chunk.rows; row++) {
        const number = Number(numbers.value(row))
        const at = position === undefined ? number - first : position.get(number)
        if (at === undefined) continue
        columns.forEach((column, index) => {
          column.put(at, chunk.column(index).value(row))
        })
        count++
      }
    })
  }
  return { rows: count, columns: columns.map(({ finish }) => finish(count)) }
}

function condition(choice: RowChoice): string {
  if ('from' in choice) return `${ROW_NUMBER} >= ${Math.trunc(choice.from)} AND ${ROW_NUMBER} < ${Math.trunc(choice.from + choice.count)}`
  // A list of literals would be tried on every row; the rows of a subquery become a filter of the scan.
  return `${ROW_NUMBER} IN (SELECT unnest([${choice.numbers.map(Math.trunc).join(', ')}]::BIGINT[]))`
}

type GrowingColumn = { readonly sql: string; put(at: number, value: SqlValue): void; finish(rows: number): PageColumn }

function emptyColumn(name: string, sqlType: string, rows: number, characters: number): GrowingColumn {
  const cell = quoteIdentifier(name)
  if (isStoredNumber(sqlType)) {
    const values = new Float64Array(rows).fill(Number.NaN)
    return {
      sql: `CAST(${cell} AS DOUBLE)`,
      put(at, value) {
        if (typeof value === 'number') values[at] = value
      },
      finish: (count) => ({ kind: 'number', name, values: count === rows ? values : values.slice(0, count) }),
    }
  }
  const values = Array.from({ length: rows }, (): string | null => null)
  const text = sqlType === 'VARCHAR' ? cell : `CAST(${cell} AS VARCHAR)`
  return {
    sql: `CASE WHEN length(${text}) > ${characters} THEN left(${text}, ${characters}) || '…' ELSE ${text} END`,
    put(at, value) {
      if (value !== null) values[at] = String(value)
    },
    finish: (count) => ({ kind: 'text', name, values: values.slice(0, count) }),
  }
}
