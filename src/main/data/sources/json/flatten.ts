import { MillraceError } from '#shared/errors.ts'
import { numberText } from './parse-record.ts'

/** Most columns that records may have together. */
const MOST_COLUMNS = 20_000

/** Longest array of numbers that becomes columns of its own. */
const MOST_PARTS = 4

/** A column of flattened records: what its cells were, over all records so far. */
export type FlatColumn = {
  /** Keys from the record to the value. */
  readonly path: readonly string[]
  /** Records with a value, and records with a null. */
  values: number
  nulls: number
  /** Values that are arrays, and their common length where all are arrays of numbers of one length; else 0. */
  arrays: number
  length: number
}

type Node = { readonly children: Map<string, Node>; column: number; readonly path: readonly string[] }

/** Turns records into cells, column after column in order of first appearance. */
export type Flattener = { readonly columns: readonly FlatColumn[]; cells(record: unknown): readonly (string | null)[] }

/**
 * Makes a flattener: an object within a record gives a column per key (`a.b.c`), arrays stay as their JSON text, numbers as
 * the file writes them. A record that is an array gives columns by position.
 */
export function createFlattener(file: string): Flattener {
  const columns: FlatColumn[] = []
  const root: Node = { children: new Map(), column: -1, path: [] }
  const columnOf = (node: Node): number => {
    if (node.column >= 0) return node.column
    if (columns.length >= MOST_COLUMNS) throw tooManyColumns(file, node.path.join('.'))
    columns.push({ path: node.path, values: 0, nulls: 0, arrays: 0, length: 0 })
    node.column = columns.length - 1
    return node.column
  }
  const visit = (node: Node, value: unknown, cells: (string | null)[]): void => {
    if (isObject(value)) {
      const entries = Object.entries(value)
      for (const [key, member] of entries) {
        let child = node.children.get(key)
        if (child === undefined) {
          child = { children: new Map(), column: -1, path: [...node.path, key] }
          node.children.set(key, child)
        }
        visit(child, member, cells)
      }
      if (entries.length > 0 || node === root || node.children.size > 0) return
    }
    // A null says nothing about the column where objects stand in other records.
    if (value === null && node.column < 0 && node.children.size > 0) return
    const index = columnOf(node)
    const column = columns[index]
    if (column === undefined) return
    count(column, value)
    while (cells.length < index) cells.push(null)
    cells[index] = cellText(value)
  }
  return {
    columns,
    cells(record) {
      const cells: (string | null)[] = []
      visit(root, Array.isArray(record) ? Object.fromEntries(record.map((value: unknown, index) => [`column_${index + 1}`, value])) : record, cells)
      return cells
    },
  }
}

/** Number of columns that a column of short arrays of numbers becomes; 0 where it stays one column. */
export function partsOf({ values, arrays, length }: FlatColumn): number {
  return arrays > 0 && arrays === values && length >= 2 && length <= MOST_PARTS ? length : 0
}

function count(column: FlatColumn, value: unknown): void {
  if (value === null) {
    column.nulls++
    return
  }
  column.values++
  if (!Array.isArray(value)) return
  const length = value.every((item) => numberText(item) !== undefined) ? value.length : 0
  column.length = column.arrays === 0 || column.length === length ? length : 0
  column.arrays++
}

function cellText(value: unknown): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return numberText(value) ?? JSON.stringify(value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && numberText(value) === undefined
}

function tooManyColumns(file: string, next: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The records have too many different keys',
    message: `${file}: more than ${MOST_COLUMNS.toLocaleString('en')} columns are needed; the next is "${next.slice(0, 80)}".`,
    nextStep: 'Keys that are values (such as ids) make no columns: write them as { "id": …, … }, a list of records.',
    details: { file, column: next.slice(0, 80) },
  })
}
