import type { ColumnSchema } from '../../../src/shared/domain/schema.ts'
import { asNumbers } from '../../../src/main/learn/transforms/as-kind.ts'
import type { CategoryColumn, Column, NumberColumn } from '../../../src/main/table/column.ts'

/** A number column; null is missing. */
export function numbers(name: string, cells: readonly (number | null)[]): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(cells, (cell) => cell ?? Number.NaN) }
}

/** A category column; null is missing. */
export function categories(name: string, cells: readonly (string | null)[]): CategoryColumn {
  const levels = [...new Set(cells.filter((cell) => cell !== null))]
  return { kind: 'category', name, codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))), categories: levels }
}

/** The cells of a column as they read; null is missing. */
export function cellsOf(column: Column): (number | string | null)[] {
  if (column.kind === 'category') return Array.from(column.codes, (code) => column.categories[code] ?? null)
  return Array.from(asNumbers(column).values, (value) => (Number.isNaN(value) ? null : value))
}

/** A schema entry of a feature. */
export function schemaOf(name: string, type: ColumnSchema['type'], more: Partial<ColumnSchema> = {}): ColumnSchema {
  return { name, type, role: 'feature', reason: 'made for a test', missing: 0, distinct: 100, missingTokens: [], ...more }
}
