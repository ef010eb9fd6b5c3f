import { MillraceError } from '../errors.ts'

/**
 * Messages as bytes, for transports without structured clone. JSON cannot say `undefined`, NaN, infinities or typed arrays:
 * they stand as `{"$": …}` in it, and the cells of typed arrays follow as they lie in memory.
 *
 * Layout: uint32 length of the JSON (little endian), the JSON in UTF-8, then each array at the next multiple of 8.
 */
const ARRAYS = { f64: Float64Array, f32: Float32Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const

type ArrayName = keyof typeof ARRAYS
type TypedArray = InstanceType<(typeof ARRAYS)[ArrayName]>

const HEADER = 4
const aligned = (position: number): number => Math.ceil(position / 8) * 8

function nameOf(value: unknown): ArrayName | undefined {
  return (Object.keys(ARRAYS) as ArrayName[]).find((name) => value instanceof ARRAYS[name])
}

/** The message as bytes. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: TypedArray[] = []
  const json = JSON.stringify(marked(message, arrays))
  const head = new TextEncoder().encode(json)
  let size = HEADER + head.length
  for (const array of arrays) size = aligned(size) + array.byteLength
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, HEADER)
  let position = HEADER + head.length
  for (const array of arrays) {
    position = aligned(position)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), position)
    position += array.byteLength
  }
  return bytes
}

/** The message back from its bytes; typed arrays are views of them. Throws `refused` where the bytes are no message. */
export function decodeMessage(bytes: ArrayBuffer): unknown {
  try {
    const length = new DataView(bytes).getUint32(0, true)
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes, HEADER, length)))
    const cursor = { position: HEADER + length }
    return unmarked(json, bytes, cursor)
  } catch (error) {
    throw new MillraceError({ code: 'refused', headline: 'The message cannot be read', nextStep: 'Reload the window.', details: { value: String(error) } }, error)
  }
}

function marked(value: unknown, arrays: TypedArray[]): unknown {
  if (value === undefined) return { $: 'undefined' }
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: String(value) }
  if (typeof value !== 'object' || value === null) return value
  const name = nameOf(value)
  if (name !== undefined) {
    arrays.push(value as TypedArray)
    return { $: name, n: (value as TypedArray).length }
  }
  if (Array.isArray(value)) return value.map((item) => marked(item, arrays))
  const entries = Object.entries(value).map(([key, item]) => [key, marked(item, arrays)] as const)
  const plain = Object.fromEntries(entries)
  return '$' in plain ? { $: 'object', of: plain } : plain
}

function unmarked(value: unknown, bytes: ArrayBuffer, cursor: { position: number }): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => unmarked(item, bytes, cursor))
  const mark = (value as { $?: unknown }).$
  if (mark === 'undefined') return undefined
  if (mark === 'NaN' || mark === 'Infinity' || mark === '-Infinity') return Number(mark)
  if (typeof mark === 'string' && mark in ARRAYS) {
    const Kind = ARRAYS[mark as ArrayName]
    const length = (value as { n?: unknown }).n
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) throw new RangeError('array length')
    cursor.position = aligned(cursor.position)
    const array = new Kind(bytes, cursor.position, length)
    cursor.position += array.byteLength
    return array
  }
  const plain = mark === 'object' ? (value as { of: object }).of : value
  return Object.fromEntries(Object.entries(plain).map(([key, item]) => [key, unmarked(item, bytes, cursor)]))
}
