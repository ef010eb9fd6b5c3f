import { expect, test } from 'vitest'
import { studentHalfWidth } from '../../../src/main/base/student-t.ts'

test.each([
  // Tables of Student's distribution, two-sided.
  [1, 0.95, 12.7062],
  [2, 0.95, 4.30265],
  [4, 0.95, 2.77645],
  [9, 0.99, 3.24984],
  [29, 0.9, 1.69913],
  [1000, 0.95, 1.96234],
])('%d degrees of freedom: %d of the values lie within ±%d', (degrees, share, expected) => {
  expect(studentHalfWidth(degrees, share)).toBeCloseTo(expected, 4)
})
