import { cellShape } from './cell-shape.ts'
import { tableLikeness } from './score-reading.ts'
import type { TextRecord } from './split-fields.ts'

const MOST_TITLE_ROWS = 40

/**
 * Number of records above the table: titles, dates and notes of a spreadsheet or report. A record is one of them where it
 * begins with words and fills at most half of the table's columns; the first record that fills more is the table's.
 * Zero where the first record is already so, or none comes.
 */
export function countTitleRows(records: readonly TextRecord[]): number {
  const { width } = tableLikeness(records)
  if (width < 2) return 0
  for (let row = 0; row < Math.min(MOST_TITLE_ROWS, records.length - 1); row++) {
    const fields = records[row]?.fields ?? []
    const filled = fields.filter((field) => field.trim() !== '').length
    if (filled > width / 2) return fields.length === width || row === 0 ? row : 0
    if (filled > 0 && !isTitle(fields)) return 0
  }
  return 0
}

function isTitle(fields: readonly string[]): boolean {
  const first = fields.find((field) => field.trim() !== '') ?? ''
  return cellShape(first) !== 'number'
}
