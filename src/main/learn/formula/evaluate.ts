import type { CategoryColumn, Column } from '../../table/column.ts'
import { columnOf, type Table } from '../../table/table.ts'
import type { Part } from './compile.ts'

/** A column of cells: NaN or −1 is missing. */
type Cells = { readonly kind: 'numbers'; readonly values: Float64Array } | { readonly kind: 'texts'; readonly codes: Int32Array; readonly texts: readonly string[] }

type Cell = (row: number) => number | string | undefined

function readerOf(cells: Cells): Cell {
  if (cells.kind === 'numbers') return (row) => cells.values[row]
  return (row) => cells.texts[cells.codes[row] as number]
}

function ofColumn(column: Column): Cells {
  return column.kind === 'number' ? { kind: 'numbers', values: column.values } : { kind: 'texts', codes: column.codes, texts: column.categories }
}

/** Collects texts under codes, in order of first appearance. */
function texts(rows: number, cell: Cell): Cells {
  const codes = new Int32Array(rows)
  const found = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    const text = cell(row)
    if (text === undefined || typeof text === 'number') {
      codes[row] = -1
      continue
    }
    const code = found.get(text) ?? found.size
    if (code === found.size) found.set(text, code)
    codes[row] = code
  }
  return { kind: 'texts', codes, texts: [...found.keys()] }
}

function numbers(rows: number, cell: Cell): Cells {
  const values = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const value = cell(row)
    values[row] = typeof value === 'number' ? value : Number.NaN
  }
  return { kind: 'numbers', values }
}

/** A function of one text is asked once for each distinct text. */
function overDictionary(part: Extract<Part, { kind: 'call' }>, given: Extract<Cells, { kind: 'texts' }>): Cells {
  const made = given.texts.map((text) => part.of(text as never))
  const missing = part.of(undefined as never)
  const cell: Cell = (row) => ((given.codes[row] as number) < 0 ? missing : made[given.codes[row] as number])
  return part.type === 'text' ? texts(given.codes.length, cell) : numbers(given.codes.length, cell)
}

function call(part: Extract<Part, { kind: 'call' }>, table: Table): Cells {
  const given = part.parts.map((one) => cellsOf(one, table))
  const [first, second] = given
  if (given.length === 1 && first?.kind === 'texts') return overDictionary(part, first)
  const of = part.of as (...cells: (number | string | undefined)[]) => number | string | undefined
  if (given.length === 2 && first?.kind === 'numbers' && second?.kind === 'numbers') {
    const [left, right] = [first.values, second.values]
    return numbers(table.rows, (row) => of(left[row], right[row]))
  }
  const readers = given.map(readerOf)
  const cell: Cell = (row) => of(...readers.map((read) => read(row)))
  return part.type === 'text' ? texts(table.rows, cell) : numbers(table.rows, cell)
}

function cellsOf(part: Part, table: Table): Cells {
  switch (part.kind) {
    case 'constant':
      return typeof part.value === 'number'
        ? { kind: 'numbers', values: new Float64Array(table.rows).fill(part.value) }
        : { kind: 'texts', codes: new Int32Array(table.rows), texts: [part.value] }
    case 'column':
      return ofColumn(columnOf(table, part.name))
    case 'call':
      return call(part, table)
  }
}

/** The column that a formula makes of a table with the columns that it names; infinite results are missing. Never changes its arguments. */
export function evaluate(part: Part, name: string, table: Table): Column {
  const cells = cellsOf(part, table)
  if (cells.kind === 'texts') return { kind: 'category', name, codes: cells.codes, categories: cells.texts } satisfies CategoryColumn
  return { kind: 'number', name, values: cells.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) }
}
