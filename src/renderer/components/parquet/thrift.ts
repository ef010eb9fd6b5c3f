/**
 * A value in Thrift's compact protocol, in which Parquet writes its headers; a struct is a list of its fields by number, in order.
 * See thrift.apache.org, "Thrift compact protocol encoding".
 */
export type Thrift =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly list: readonly Thrift[] }
  | { readonly struct: readonly (readonly [field: number, value: Thrift])[] }

const TYPE = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const
const SHORT_LIST = 15

/** A whole number of at most 53 bits, seven bits a byte, the lowest first. */
export function varint(value: number): readonly number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}

/** The bytes of a value, without its type: what holds it says that. */
export function thriftBytes(value: Thrift): readonly number[] {
  // Numbers of a Parquet file count and name things: none is negative, so that zigzag only doubles them.
  if ('i32' in value) return varint(value.i32 * 2)
  if ('i64' in value) return varint(value.i64 * 2)
  if ('text' in value) {
    const text = new TextEncoder().encode(value.text)
    return [...varint(text.length), ...text]
  }
  if ('list' in value) return [...listHead(value.list), ...value.list.flatMap(thriftBytes)]
  let before = 0
  const fields = value.struct.flatMap(([field, member]) => {
    const head = ((field - before) << 4) | typeOf(member)
    before = field
    return [head, ...thriftBytes(member)]
  })
  return [...fields, 0]
}

function listHead(items: readonly Thrift[]): readonly number[] {
  const [first] = items
  const type = first === undefined ? TYPE.struct : typeOf(first)
  return items.length < SHORT_LIST ? [(items.length << 4) | type] : [(SHORT_LIST << 4) | type, ...varint(items.length)]
}

function typeOf(value: Thrift): number {
  const [kind] = Object.keys(value) as (keyof typeof TYPE)[]
  return TYPE[kind ?? 'struct']
}
