import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { CategoryColumn, NumberColumn } from '../table/column.ts'
import type { DataVector } from './engine.ts'
import { missingTexts } from './missing-tokens.ts'

/** Fills one column of a table from chunk vectors. */
export type ColumnCollector<C> = {
  /** Puts `count` cells of `vector`, from its cell `start`, at row `row` of the column. */
  take(vector: DataVector, row: number, start: number, count: number): void
  finish(): C
}

/** Collects a DOUBLE vector whose missing cells are already NaN into `values`. */
export function collectNumbers(name: string, values: Float64Array): ColumnCollector<NumberColumn> {
  return {
    take(vector, row, start, count) {
      const numbers = vector.numbers as Float64Array
      values.set(start === 0 && count === numbers.length ? numbers : numbers.subarray(start, start + count), row)
    },
    finish: () => ({ kind: 'number', name, values }),
  }
}

/**
 * Collects an INTEGER vector of indices into `dictionary` (cells in order of first appearance, −1 for NULL) into codes; the
 * result is the same as that of `collectCategories` over the cells themselves.
 */
export function collectDictionaryCodes(schema: ColumnSchema, dictionary: readonly string[], codes: Int32Array): ColumnCollector<CategoryColumn> {
  const { categories, codeOf } = codebook(schema)
  const codeOfIndex = Int32Array.from(dictionary, codeOf)
  return {
    take(vector, row, start, count) {
      const indices = vector.numbers as Int32Array
      for (let i = 0; i < count; i++) codes[row + i] = codeOfIndex[indices[start + i] as number] ?? -1
    },
    finish: () => ({ kind: 'category', name: schema.name, codes, categories }),
  }
}

/**
 * Collects a VARCHAR vector into codes, trimming each cell; texts that mean "no value" in the column become −1.
 * Categories are in order of first appearance.
 */
export function collectCategories(schema: ColumnSchema, codes: Int32Array): ColumnCollector<CategoryColumn> {
  const { categories, codeOf } = codebook(schema)
  // Cells as they are stored, spaces included, so that each distinct one is trimmed once.
  const codeOfCell = new Map<string, number>()
  const newCell = (cell: string): number => {
    const code = codeOf(cell)
    codeOfCell.set(cell, code)
    return code
  }
  return {
    take(vector, row, start, count) {
      for (let i = 0; i < count; i++) {
        const cell = vector.value(start + i) as string | null
        codes[row + i] = cell === null ? -1 : (codeOfCell.get(cell) ?? newCell(cell))
      }
    },
    finish: () => ({ kind: 'category', name: schema.name, codes, categories }),
  }
}

/** Gives each trimmed text its code, in order of first appearance; −1 for what means "no value" in the column. */
function codebook(schema: ColumnSchema): { readonly categories: readonly string[]; codeOf(cell: string): number } {
  const categories: string[] = []
  const codeOfText = new Map<string, number>(['', ...missingTexts(schema)].map((token) => [token, -1]))
  return {
    categories,
    codeOf(cell) {
      const text = cell.trim()
      const known = codeOfText.get(text)
      if (known !== undefined) return known
      codeOfText.set(text, categories.length)
      return categories.push(text) - 1
    },
  }
}
