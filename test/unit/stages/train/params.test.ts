import { expect, test } from 'vitest'
import { budgetSeconds, secondsLeft } from '../../../../src/main/stages/train/params.ts'

test('a budget in seconds, minutes or hours', () => {
  expect([90, '90s', '1.5m', '1.5 min', '1h', '7'].map(budgetSeconds)).toEqual([90, 90, 90, 90, 3600, 7])
})

test('a budget is spent by work; by the clock only where the machine leaves less than one processor', () => {
  expect(secondsLeft(60, { processor: 20, clock: 12 })).toBe(40)
  expect(secondsLeft(60, { processor: 20, clock: 20 })).toBe(40)
  expect(secondsLeft(60, { processor: 20, clock: 61 })).toBe(-1)
})
