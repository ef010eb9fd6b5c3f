import { expect, test } from 'vitest'
import { countText, numberText, percentText, scoreText } from '../../../src/main/html/number-text.ts'

test.each([
  [0, '0'],
  [1234567.891, '1,234,568'],
  [-0.12345, '−0.1235'],
  [1.8e-7, '1.8e−7'],
  [12.3456, '12.35'],
  [99999.6, '100,000'],
  [Number.NaN, '–'],
  [-Infinity, '−∞'],
])('%d reads %s', (value, text) => {
  expect(numberText(value)).toBe(text)
})

test('counts, scores and shares', () => {
  expect(countText(48842)).toBe('48,842')
  expect(scoreText(0.84931)).toBe('0.849')
  expect(scoreText(45984.3)).toBe('45,984')
  expect(percentText(0.2654)).toBe('26.5 %')
  expect(percentText(0.0002)).toBe('< 0.1 %')
})
