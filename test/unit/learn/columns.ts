import type { ColumnSchema } from '../../../src/shared/domain/schema.ts'
import { asNumbers } from '../../../src/main/learn/transforms/as-kind.ts'
import { createRng } from '../../../src/main/base/rng.ts'
import type { TransformFit } from '../../../src/main/learn/transform.ts'
import type { CategoryColumn, Column, NumberColumn, SparseColumns } from '../../../src/main/table/column.ts'

/** A number column; null is missing. */
export function numbers(name: string, cells: readonly (number | null)[]): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(cells, (cell) => cell ?? Number.NaN) }
}

/** A category column; null is missing. */
export function categories(name: string, cells: readonly (string | null)[]): CategoryColumn {
  const levels = [...new Set(cells.filter((cell) => cell !== null))]
  return { kind: 'category', name, codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))), categories: levels }
}

/** What a transform is told beside its column: made-up numbers as target, and seeded randomness. */
export function aboutNumbers(rows: number, seed = 1): TransformFit {
  return { target: { kind: 'numbers', values: Float64Array.from({ length: rows }, (_, row) => (row * 7) % 5) }, rng: createRng(seed) }
}

/** The cells of a sparse block by column name, zeros included. */
export function sparseCells({ names, rows, block }: Pick<SparseColumns, 'names' | 'rows' | 'block'>): Record<string, number[]> {
  return Object.fromEntries(
    names.map((name, j) => {
      const cells = Array.from({ length: rows }, () => 0)
      for (let k = block.starts[j] as number; k < (block.starts[j + 1] as number); k++) cells[block.rows[k] as number] = block.values[k] as number
      return [name, cells]
    }),
  )
}

/** The cells of what a transform made by column name; null is missing. */
export function madeCells(made: Iterable<Column | SparseColumns>): Record<string, (number | string | null)[]> {
  return Object.assign({}, ...Array.from(made, (one) => (one.kind === 'sparse' ? sparseCells(one) : { [one.name]: cellsOf(one) }))) as Record<string, (number | string | null)[]>
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
