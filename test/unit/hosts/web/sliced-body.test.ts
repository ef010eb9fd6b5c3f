import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { slicedBody } from '../../../../src/main/hosts/web/sliced-body.ts'

test('a short body goes as it is', () => {
  const bytes = new Uint8Array(65_536)
  expect(slicedBody(bytes)).toBe(bytes)
})

test.each([65_537, 131_072, 200_001])('a body of %i bytes arrives whole, in slices that one write may hold', async (length) => {
  const bytes = new Uint8Array(randomBytes(length))
  const slices: Uint8Array[] = []
  for await (const slice of slicedBody(bytes) as ReadableStream<Uint8Array>) slices.push(slice)
  expect(Buffer.concat(slices).equals(bytes)).toBe(true)
  expect(Math.max(...slices.map((slice) => slice.byteLength))).toBe(65_536)
  expect(slices).toHaveLength(Math.ceil(length / 65_536))
})
