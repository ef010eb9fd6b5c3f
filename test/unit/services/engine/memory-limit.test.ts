import { expect, test } from 'vitest'
import { createMemoryLimit } from '../../../../src/main/services/engine/memory-limit.ts'
import { memoryBudget } from '../../../../src/main/base/memory-budget.ts'

const machine = 32e9

test('the limit of the settings is what steps may use, up to the memory of the machine', () => {
  const environment: NodeJS.ProcessEnv = {}
  const limit = createMemoryLimit(environment, machine)
  expect(limit.source()).toBe('machine')
  limit.apply({ memoryBytes: 8e9 })
  expect(limit.source()).toBe('settings')
  expect(memoryBudget(environment['MILLRACE_MEMORY'], machine)).toBe(8e9)
  limit.apply({ memoryBytes: 64e9 })
  expect(memoryBudget(environment['MILLRACE_MEMORY'], machine)).toBe(machine)
  limit.apply({ memoryBytes: null })
  expect(environment).toEqual({})
  limit.apply({ memoryBytes: 8e9 })
  limit.lift()
  expect(environment).toEqual({})
})

test('what the environment names comes before the settings', () => {
  const environment: NodeJS.ProcessEnv = { MILLRACE_MEMORY: '4GB' }
  const limit = createMemoryLimit(environment, machine)
  limit.apply({ memoryBytes: 8e9 })
  limit.lift()
  expect(limit.source()).toBe('environment')
  expect(environment).toEqual({ MILLRACE_MEMORY: '4GB' })
})
