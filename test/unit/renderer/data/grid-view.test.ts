import { describe, expect, it } from 'vitest'
import { cellWords, isMissing } from '../../../../src/renderer/screens/data/rows/cell-words.ts'
import { nextSort, sortWords } from '../../../../src/renderer/screens/data/rows/grid-view.ts'
import { findingsOf, markedColumns } from '../../../../src/renderer/screens/data/findings.ts'
import { description } from './described.ts'

describe('sorting by headers', () => {
  it('goes from ascending to descending to not at all', () => {
    const first = nextSort([], 'age', false)
    expect(first).toEqual([{ column: 'age', descending: false }])
    const second = nextSort(first, 'age', false)
    expect(second).toEqual([{ column: 'age', descending: true }])
    expect(nextSort(second, 'age', false)).toEqual([])
    expect(nextSort(second, 'city', false)).toEqual([{ column: 'city', descending: false }])
  })

  it('adds further keys and keeps their order', () => {
    const two = nextSort([{ column: 'age', descending: true }], 'city', true)
    expect(sortWords(two)).toBe('age descending, then city')
    expect(nextSort(two, 'age', true)).toEqual([{ column: 'city', descending: false }])
    expect(nextSort(two, 'city', true)).toEqual([{ column: 'age', descending: true }, { column: 'city', descending: true }])
  })
})

describe('a cell', () => {
  const column = { type: 'datetime' as const, format: '%Y-%m-%d', missingTokens: ['N/A'] }
  it('reads as in the data; days have no time of day; empty ones say so', () => {
    expect(cellWords('2024-01-02 00:00:00', column)).toBe('2024-01-02')
    expect(cellWords('2024-01-02 00:00:00', { type: 'datetime', format: '%Y-%m-%d %H:%M:%S' })).toBe('2024-01-02 00:00:00')
    expect(cellWords(12.5, { type: 'decimal' })).toBe('12.5')
    expect([null, '', Number.NaN].map((cell) => cellWords(cell, { type: 'decimal' }))).toEqual(['blank', 'blank', 'blank'])
  })

  it('shows hostile contents harmlessly', () => {
    expect(cellWords('a\u202Eb\u0007', { type: 'text' })).toBe('a\uFFFDb\uFFFD')
    expect(cellWords('x'.repeat(1000), { type: 'text' })).toHaveLength(300)
    expect(cellWords('<script>alert(1)</script>', { type: 'text' })).toBe('<script>alert(1)</script>')
  })

  it('is missing where it is empty or says so', () => {
    expect([null, '', Number.NaN, 'N/A', ' N/A '].every((cell) => isMissing(cell, column))).toBe(true)
    expect([0, 'NA', 'n'].some((cell) => isMissing(cell, column))).toBe(false)
  })
})

describe('findings', () => {
  it('come from reading and from the profile, the important ones first, and mark columns', () => {
    const profile = { rows: 4, sample: null, asOf: '2026-01-01', target: 'left', repeatedRows: 0, findings: [{ kind: 'target-leak', severity: 'danger' as const, columns: ['age'], message: 'age gives it away', advice: 'Leave it out.', figures: {} }] }
    const findings = findingsOf(description, profile)
    expect(findings.map(({ message, severity, found }) => [message, severity, found])).toEqual([
      ['age gives it away', 'danger', 'profile'],
      ['The file is read as windows-1252', 'warning', 'reading'],
      ['In column "city", "N/A" is taken as missing.', 'info', 'reading'],
    ])
    expect([...markedColumns(findings)]).toEqual([['age', 'danger']])
    expect(findingsOf({ ...description, report: null }, null)).toEqual([])
  })
})
