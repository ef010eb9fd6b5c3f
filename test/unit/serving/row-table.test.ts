import { describe, expect, test } from 'vitest'
import type { Row } from '../../../src/shared/domain/prediction.ts'
import { tableOfRows } from '../../../src/main/serving/row-table.ts'
import { cellsOf, schemaOf } from '../learn/columns.ts'

const inputs = [
  { schema: schemaOf('age', 'integer'), as: 'number' as const },
  { schema: schemaOf('plan', 'category', { missingTokens: ['?'] }), as: 'category' as const },
  { schema: schemaOf('since', 'datetime'), as: 'number' as const },
]
const row: Row = { age: 40, plan: 'pro', since: '2024-02-29' }

function failure(bad: Record<string, unknown>): { message: string; details: Record<string, unknown> } | undefined {
  try {
    tableOfRows(inputs, [bad as Row])
    return undefined
  } catch (error) {
    return (error as { data: { message: string; details: Record<string, unknown> } }).data
  }
}

describe('a row as a table', () => {
  test('numbers, texts and moments are read as in the data', () => {
    const table = tableOfRows(inputs, [row, { age: '41.5', plan: ' basic ', since: '2024-02-29T12:30' }])
    expect(table.rows).toBe(2)
    expect(table.columns.map(cellsOf)).toEqual([[40, 41.5], ['pro', 'basic'], [Date.UTC(2024, 1, 29), Date.UTC(2024, 1, 29, 12, 30)]])
  })

  test('nothing, an empty text and a token for "no value" are missing', () => {
    const table = tableOfRows(inputs, [{ age: null, plan: '?', since: '' }, { age: ' ', plan: '', since: null }])
    expect(table.columns.map(cellsOf)).toEqual([[null, null], [null, null], [null, null]])
  })

  test.each([
    ['age', 'forty', '"age" must be a number'],
    ['age', Number.POSITIVE_INFINITY, '"age" must be a number'],
    ['since', '29.02.2024', '"since" must be a day such as'],
    ['since', '2024-13-45', '"since" must be a day such as'],
  ])('%s cannot be %s', (field, value, message) => {
    const found = failure({ ...row, [field]: value })
    expect(found?.message).toContain(message)
    expect(found?.details['column']).toBe(field)
  })

  test('every field that is wrong is named at once: not there, not known with the nearest name, not a number', () => {
    const found = failure({ age: 'x', plann: 'pro', since: null })
    expect(found?.details['fields']).toEqual([
      { field: 'plan', problem: expect.stringContaining('is not there') },
      { field: 'plann', problem: expect.stringContaining('did you mean "plan"?') },
      { field: 'age', problem: expect.stringContaining('must be a number') },
    ])
  })

  test('names of the language are names like others', () => {
    expect(failure({ ...row, __proto__: null, constructor: 1 })?.message).toContain('"constructor" is not a column of the model')
  })
})
