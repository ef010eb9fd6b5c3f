import { expect, test } from 'vitest'
import { oneLine } from '../../../src/main/base/one-line.ts'

test('what strangers write cannot look like another line of the log, nor steer a terminal', () => {
  expect(oneLine('app.info\n2026-01-01 info all is well\r\u001B[2J\u202E\u2028x')).toBe('app.info 2026-01-01 info all is well [2J x')
})

test('what strangers write is cut', () => {
  expect(oneLine('x'.repeat(5_000_000))).toHaveLength(300)
  expect(oneLine('short', 10)).toBe('short')
})
