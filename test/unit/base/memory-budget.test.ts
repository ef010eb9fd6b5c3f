import { expect, test } from 'vitest'
import { formatBytes, memoryBudget, parseBytes } from '../../../src/main/base/memory-budget.ts'

test.each([
  ['8GB', 8e9],
  ['8 gb', 8e9],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['512m', 512e6],
  ['1000', 1000],
])('%s is an amount of memory', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes)
})

test.each(['', 'much', '-1GB', '8 GBs', '1e9'])('"%s" is none', (text) => {
  expect(parseBytes(text)).toBeUndefined()
})

test('amounts are written with three digits', () => {
  expect([0, 999, 1500, 2.5e6, 123e9, 4e12].map(formatBytes)).toEqual(['0 bytes', '999 bytes', '1.5 kB', '2.5 MB', '123 GB', '4.0 TB'])
})

test('the budget leaves a fifth of the memory, at least 1 GiB, or is what the setting says', () => {
  const gib = 2 ** 30
  expect(memoryBudget(undefined, 20 * gib)).toBe(16 * gib)
  expect(memoryBudget('', 4 * gib)).toBe(3 * gib)
  expect(memoryBudget(undefined, gib)).toBe(gib / 2)
  expect(memoryBudget('2GB', 64 * gib)).toBe(2e9)
  expect(() => memoryBudget('a lot', gib)).toThrow('MILLRACE_MEMORY is "a lot"')
  expect(() => memoryBudget('1MB', gib)).toThrow('at least 64 MB')
})
