import type { SparseBlock } from './matrix.ts'

/** Numbers: integers, decimals, or milliseconds since 1970-01-01 UTC for `datetime`. NaN is "missing". */
export type NumberColumn = {
  readonly kind: 'number'
  readonly name: string
  /** Length = rows. */
  readonly values: Float64Array
}

/** Text that repeats: codes into a dictionary. */
export type CategoryColumn = {
  readonly kind: 'category'
  readonly name: string
  /** Length = rows; −1 is "missing", else an index into `categories`. */
  readonly codes: Int32Array
  /** Distinct cell texts, in order of first appearance. */
  readonly categories: readonly string[]
}

/** Many numeric columns that are zero in most rows, such as the words of a text; only the end of a recipe makes them. */
export type SparseColumns = {
  readonly kind: 'sparse'
  readonly names: readonly string[]
  /** Number of rows. */
  readonly rows: number
  readonly block: SparseBlock
}

/** A typed column; its numbers live on a SharedArrayBuffer so that threads can share them. */
export type Column = NumberColumn | CategoryColumn

/** Float64 storage for `rows` numbers, shareable between threads. */
export function sharedFloat64(rows: number): Float64Array<SharedArrayBuffer> {
  return new Float64Array(new SharedArrayBuffer(rows * 8))
}

/** Float32 storage for `length` numbers, shareable between threads. */
export function sharedFloat32(length: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(length * 4))
}

/** Int32 storage for `rows` numbers, shareable between threads. */
export function sharedInt32(rows: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(rows * 4))
}

/** Rows `index` of a column, in that order; the dictionary is kept as it is. */
export function takeRows(column: Column, index: Int32Array): Column {
  if (column.kind === 'number') {
    const values = sharedFloat64(index.length)
    for (let i = 0; i < index.length; i++) values[i] = column.values[index[i] as number] as number
    return { kind: 'number', name: column.name, values }
  }
  const codes = sharedInt32(index.length)
  for (let i = 0; i < index.length; i++) codes[i] = column.codes[index[i] as number] as number
  return { kind: 'category', name: column.name, codes, categories: column.categories }
}
