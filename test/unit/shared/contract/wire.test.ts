import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '#shared/contract/wire.ts'

const roundTrip = (message: unknown): unknown => decodeMessage(encodeMessage(message).buffer)

describe('messages as bytes', () => {
  it('carry what JSON cannot say', () => {
    const message = { a: undefined, b: [Number.NaN, -Infinity, Infinity, null], c: Float64Array.of(1, Number.NaN), d: Uint8Array.of(7), e: { f: Float32Array.of(0.5) } }
    expect(roundTrip(message)).toEqual(message)
  })

  it('carry objects that look like marks', () => {
    const message = { $: 'NaN', inner: { $: 'f64', n: 3 } }
    expect(roundTrip(message)).toEqual(message)
  })

  it('carry any plain data', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.array(fc.double()), (value, numbers) => {
        // JSON knows no negative zero.
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect(roundTrip({ plain, numbers: Float64Array.from(numbers) })).toEqual({ plain, numbers: Float64Array.from(numbers) })
      }),
      { numRuns: 200 },
    )
  })

  it.each([['too short', Uint8Array.of(1)], ['no JSON', Uint8Array.of(2, 0, 0, 0, 65, 66)], ['an array that is not there', encodeMessage('x').slice(0, 5)]])(
    'are refused where they are no message: %s',
    (_, bytes) => {
      expect(() => decodeMessage(new Uint8Array(bytes).buffer)).toThrow('The message cannot be read')
    },
  )

  it('are refused where an array claims more than is there', () => {
    const head = new TextEncoder().encode('{"$":"f64","n":1000000}')
    const bytes = new Uint8Array(4 + head.length)
    new DataView(bytes.buffer).setUint32(0, head.length, true)
    bytes.set(head, 4)
    expect(() => decodeMessage(bytes.buffer)).toThrow('The message cannot be read')
  })
})
