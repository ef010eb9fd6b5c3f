import { expect, test } from 'vitest'
import { throttleProgress } from '../../../src/main/workers/throttle-progress.ts'

test('passes on one in a tenth of a second, every new message and the end; keeps fractions in 0 … 1', () => {
  let now = 0
  const seen: string[] = []
  const progress = throttleProgress(
    () => now,
    (fraction, message) => seen.push(`${fraction} ${message}`),
  )
  progress(-1, 'a')
  progress(0.1)
  progress(0.2, 'b')
  progress(0.3, 'b')
  now = 100
  progress(0.4)
  progress(Number.NaN, 'c')
  progress(7)
  expect(seen).toEqual(['0 a', '0.2 b', '0.4 b', '0 c', '1 c'])
})
