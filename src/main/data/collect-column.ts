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
 * Collects a VARCHAR vector into codes, trimming each cell; texts that mean "no value" in the column become −1.
 * Categories are in order of first appearance.
 */
export function collectCategories(schema: ColumnSchema, codes: Int32Array): ColumnCollector<CategoryColumn> {
  const categories: string[] = []
  const codeOfText = new Map<string, number>(missingTexts(schema).map((token) => [token, -1]))
  codeOfText.set('', -1)
  // Cells as they are stored, spaces included, so that each distinct one is trimmed once.
  const codeOfCell = new Map<string, number>()
  const code = (cell: string): number => {
    const text = cell.trim()
    let found = codeOfText.get(text)
    if (found === undefined) {
      found = categories.length
      categories.push(text)
      codeOfText.set(text, found)
    }
    codeOfCell.set(cell, found)
    return found
  }
  return {
    take(vector, row, start, count) {
      for (let i = 0; i < count; i++) {
        const cell = vector.value(start + i) as string | null
        codes[row + i] = cell === null ? -1 : (codeOfCell.get(cell) ?? code(cell))
      }
    },
    finish: () => ({ kind: 'category', name: schema.name, codes, categories }),
  }
}
