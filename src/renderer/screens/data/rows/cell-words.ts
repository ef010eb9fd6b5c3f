import type { ColumnSchema } from '#shared/domain/schema.ts'
import { cellText } from '../../../components/cell-text.ts'
import type { Cell } from './row-store.ts'

/** What stands in an empty cell. */
export const BLANK = 'blank'

/** True where the cell holds nothing, or a text that means so in this column. */
export function isMissing(cell: Cell, { missingTokens }: Pick<ColumnSchema, 'missingTokens'>): boolean {
  if (cell === null || cell === '') return true
  return typeof cell === 'number' ? Number.isNaN(cell) : missingTokens.includes(cell.trim())
}

const MIDNIGHT = / 00:00:00$/

/** The cell as the grid shows it: as it reads in the data, moments of days without a time of day; harmless, whatever it holds. */
export function cellWords(cell: Cell, { type, format }: Pick<ColumnSchema, 'type' | 'format'>): string {
  if (cell === null || cell === '' || (typeof cell === 'number' && Number.isNaN(cell))) return BLANK
  if (typeof cell === 'number') return String(cell)
  const isDay = type === 'datetime' && format !== undefined && !/%[HIfX]/.test(format)
  return cellText(isDay ? cell.replace(MIDNIGHT, '') : cell)
}
