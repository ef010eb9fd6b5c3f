import type { ColumnSchema } from '#shared/domain/schema.ts'

/** A cell to repair: an SQL expression (a plain column name: it is written often), DuckDB's type of it, and its column's schema. */
export type RepairCell = { readonly cell: string; readonly sqlType: string; readonly column: ColumnSchema }

/**
 * SQL that evaluates `value` once and uses it under a name: `then` gets that name. DuckDB has no LET; a lambda over a list of
 * one does the same, where writing `value` into each place would plan and run it as often.
 */
export function bind(name: string, value: string, then: string): string {
  return `list_extract(list_transform([${value}], lambda ${name}: ${then}), 1)`
}
