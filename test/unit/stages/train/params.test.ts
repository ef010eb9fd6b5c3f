import { expect, test } from 'vitest'
import { budgetSeconds, secondsLeft } from '../../../../src/main/stages/train/params.ts'

test('a budget in seconds, minutes or hours', () => {
  expect([90, '90s', '1.5m', '1.5 min', '1h', '7'].map(budgetSeconds)).toEqual([90, 90, 90, 90, 3600, 7])
})

test('a budget is spent by work, not by waiting for a busy machine, up to half as long again by the clock', () => {
  expect(secondsLeft(60, { processor: 20, clock: 12 })).toBe(40)
  expect(secondsLeft(60, { processor: 20, clock: 40 })).toBe(40)
  expect(secondsLeft(60, { processor: 20, clock: 80 })).toBe(10)
  expect(secondsLeft(60, { processor: 20, clock: 95 })).toBeLessThan(0)
})
