/** Numbers as text for JSON: little-endian float32 in base64. */
export function packFloats(values: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 4))
  for (let i = 0; i < values.length; i++) bytes.setFloat32(i * 4, values[i] as number, true)
  return Buffer.from(bytes.buffer).toString('base64')
}

const unpacked = new WeakMap<object, Float32Array>()

/** `length` numbers of `packFloats`, kept for `owner`, what was learnt: a served model unpacks once. Missing numbers are 0. */
export function unpackFloats(owner: object, packed: string, length: number): Float32Array {
  const known = unpacked.get(owner)
  if (known !== undefined) return known
  const bytes = Buffer.from(packed, 'base64')
  const values = new Float32Array(length)
  for (let i = 0; i < Math.min(length, Math.floor(bytes.length / 4)); i++) values[i] = bytes.readFloatLE(i * 4)
  unpacked.set(owner, values)
  return values
}
