import { cellShape } from './cell-shape.ts'
import type { TextRecord } from './split-fields.ts'

const COMMA_NUMBER = /^\s*[-+]?\d*,\d+(?:[eE][-+]?\d+)?\s*$/

/** Columns (0-based) whose numbers are written with a decimal comma, as the sampled records show. */
export function decimalCommaColumns(records: readonly TextRecord[]): ReadonlySet<number> {
  const found = new Set<number>()
  const width = Math.max(0, ...records.map((record) => record.fields.length))
  for (let column = 0; column < width; column++) {
    const cells = records.map((record) => record.fields[column] ?? '').filter((cell) => cellShape(cell) !== 'missing')
    if (cells.some((cell) => COMMA_NUMBER.test(cell)) && cells.every((cell) => COMMA_NUMBER.test(cell) || /^\s*[-+]?\d+\s*$/.test(cell))) {
      found.add(column)
    }
  }
  return found
}

/** SQL for a cell with the decimal comma of a number turned into a point; other text stays. */
export function withDecimalPoint(expression: string): string {
  return `CASE WHEN regexp_full_match(${expression}, '\\s*[-+]?\\d*,\\d+([eE][-+]?\\d+)?\\s*') THEN replace(${expression}, ',', '.') ELSE ${expression} END`
}
