import { expect, test } from 'vitest'
import { formatBytes, parseBytes } from '../../../src/main/base/byte-size.ts'

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

test.each([[0, '0 B'], [312, '312 B'], [999, '999 B'], [1500, '1.5 kB'], [4_200_000, '4.2 MB'], [999_950, '1.0 MB'], [123e9, '123 GB'], [4e12, '4.0 TB']])(
  '%d bytes are %s',
  (value, text) => {
    expect(formatBytes(value)).toBe(text)
  },
)
