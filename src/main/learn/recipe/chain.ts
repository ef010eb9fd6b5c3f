import type { CategoryColumn, Column } from '../../table/column.ts'
import type { Transform } from '../transform.ts'
import { asCategories, asNumbers } from '../transforms/as-kind.ts'

/** A transform with its parameters and what it learnt, one entry per column that it takes, ready to be applied. */
export type FittedUse = { readonly transform: Transform; readonly params: unknown; readonly fitted: readonly unknown[] }

/** The column as the transform takes it. */
export function readAs(column: Column, takes: Transform['takes']): Column {
  return takes === 'number' ? asNumbers(column) : takes === 'category' ? asCategories(column) : column
}

/** Applies one transform to every column that arrives, one column at a time. */
function* applyUse(columns: Iterable<Column>, { transform, params, fitted }: FittedUse): Generator<Column> {
  let index = 0
  for (const column of columns) {
    if (index >= fitted.length) throw new Error(`Transform "${transform.id}" was fitted on ${fitted.length} columns and got more`)
    yield* transform.apply(readAs(column, transform.takes), params, fitted[index++])
  }
}

/** What a column becomes at the end of a chain; lazy, so that few columns are in memory at once. */
export function applyChain(column: Column, uses: readonly FittedUse[]): Iterable<Column> {
  let columns: Iterable<Column> = [column]
  for (const use of uses) columns = applyUse(columns, use)
  return columns
}

/** A column without rows: what a chain makes of it tells names and kinds of the chain's outputs. */
export function emptyColumn(name: string, kind: Column['kind']): Column {
  if (kind === 'number') return { kind, name, values: new Float64Array(0) }
  return { kind, name, codes: new Int32Array(0), categories: [] } satisfies CategoryColumn
}
