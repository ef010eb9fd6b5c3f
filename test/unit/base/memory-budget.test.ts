import { expect, test } from 'vitest'
import { memoryBudget } from '../../../src/main/base/memory-budget.ts'

test('the budget leaves a fifth of the memory, at least 1 GiB, or is what the setting says', () => {
  const gib = 2 ** 30
  expect(memoryBudget(undefined, 20 * gib)).toBe(16 * gib)
  expect(memoryBudget('', 4 * gib)).toBe(3 * gib)
  expect(memoryBudget(undefined, gib)).toBe(gib / 2)
  expect(memoryBudget('2GB', 64 * gib)).toBe(2e9)
  expect(() => memoryBudget('a lot', gib)).toThrow('MILLRACE_MEMORY is "a lot"')
  expect(() => memoryBudget('1MB', gib)).toThrow('at least 64 MB')
})
