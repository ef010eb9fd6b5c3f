import { ALWAYS_MISSING, MISSING_AMONG_NUMBERS } from '../../missing-tokens.ts'

/** What a cell looks like by itself. */
export type CellShape = 'number' | 'moment' | 'missing' | 'text'

const NUMBER = /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?%?$/
const MOMENT = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/
const missing = new Set(['', ...ALWAYS_MISSING, ...MISSING_AMONG_NUMBERS])

/** What a cell looks like by itself; white space and single quotes around it do not count. */
export function cellShape(cell: string): CellShape {
  const text = cell.trim()
  if (missing.has(text)) return 'missing'
  if (NUMBER.test(text) || /^(?:[-+]?inf(?:inity)?)$/i.test(text)) return 'number'
  return MOMENT.test(text) ? 'moment' : 'text'
}
