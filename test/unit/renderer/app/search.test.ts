import { expect, test } from 'vitest'
import { parseSearch, searchSchemas, writeSearch } from '../../../../src/renderer/app/search.ts'

test('names that look like other things stay text', () => {
  const written = writeSearch({ dataset: '123', version: 2, column: 'true & "x"', tab: undefined })
  expect(searchSchemas.data.parse(parseSearch(written))).toEqual({ dataset: '123', version: 2, column: 'true & "x"', tab: undefined })
})

test('nonsense is dropped', () => {
  expect(searchSchemas.data.parse(parseSearch('?version=minus&evil=1'))).toEqual({ version: undefined })
  expect(writeSearch({})).toBe('')
})
