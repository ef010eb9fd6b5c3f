import { takeRows, type Column } from './column.ts'

/** Named columns of equal length. */
export type Table = {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** The column of that name; a missing one is a programmer's error, user input is checked before. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new Error(`No column "${name}" in the table`)
  return column
}

/** Rows `index` of a table, in that order. */
export function selectRows(table: Table, index: Int32Array): Table {
  return { rows: index.length, columns: table.columns.map((column) => takeRows(column, index)) }
}
