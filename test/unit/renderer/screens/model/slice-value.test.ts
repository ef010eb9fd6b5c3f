import { expect, test } from 'vitest'
import { sliceValue } from '../../../../../src/renderer/screens/model/slice-value.ts'

test('ranges of numbers have a true minus; cells stay as they are', () => {
  expect(sliceValue('up to -17.1')).toBe('up to −17.1')
  expect(sliceValue('-17.1 – -0.8')).toBe('−17.1 – −0.8')
  expect(sliceValue('2017-02-01 – 2018-03-04')).toBe('2017-02-01 – 2018-03-04')
  expect(sliceValue('-5')).toBe('-5')
})
