import { cellShape } from './cell-shape.ts'
import type { TextRecord } from './split-fields.ts'

/**
 * True where the first record names the columns. Each column votes: a text over numbers or moments speaks for a header; a
 * number over numbers, or a text that occurs again below, against it. Likely names settle it; in doubt it is a header.
 */
export function detectHeader(records: readonly TextRecord[], likelyNames: readonly string[] = []): boolean {
  const [first, ...rest] = records
  if (first === undefined) return false
  const cells = first.fields.map((field) => field.trim())
  const known = new Set(likelyNames)
  const recognised = cells.filter((cell) => known.has(cell)).length
  if (recognised > 0 && recognised >= Math.min(known.size, cells.length) / 2) return true
  if (rest.length === 0) return cells.every((cell) => cellShape(cell) === 'text') && new Set(cells).size === cells.length
  let votes = 0
  cells.forEach((cell, index) => {
    votes += vote(cell, rest.map((record) => record.fields[index] ?? ''))
  })
  return votes >= 0
}

function vote(cell: string, below: readonly string[]): number {
  const values = below.filter((value) => cellShape(value) !== 'missing')
  if (values.length === 0) return 0
  const shape = cellShape(cell)
  const numbers = values.filter((value) => cellShape(value) !== 'text').length / values.length
  if (numbers >= 0.9) {
    if (shape === 'text') return 1
    return shape === 'missing' || isYear(cell) ? 0 : -1
  }
  if (shape === 'number' || shape === 'moment') return isYear(cell) ? 0 : -0.5
  return values.some((value) => value.trim() === cell) ? -1 : 0
}

/** Years name columns often (2019, 2020, …), so a number that may be one says nothing. */
function isYear(cell: string): boolean {
  return /^(?:19|20)\d\d$/.test(cell)
}
