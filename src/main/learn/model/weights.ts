import { z } from 'zod'
import { sha256 } from '../../base/hash.ts'
import type { SavedArray, SavedState } from '../saved-state.ts'

/** Arrays start at multiples of this many bytes, so that readers may view them in place. */
const ALIGNMENT = 8

const dtypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const

const dtypeSchema = z.enum(['float32', 'float64', 'int32', 'uint8'])

/** The table of contents of `weights.bin`. */
export const weightsTableSchema = z.object({
  bytes: z.int().nonnegative(),
  /** SHA-256 of the whole file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  arrays: z.array(
    z.object({
      name: z.string(),
      dtype: dtypeSchema,
      shape: z.array(z.int().nonnegative()),
      /** Byte at which the array starts. */
      offset: z.int().nonnegative(),
    }),
  ),
})

/** The table of contents of `weights.bin`. */
export type WeightsTable = z.infer<typeof weightsTableSchema>

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

function dtypeOf(array: SavedArray): z.infer<typeof dtypeSchema> {
  if (array instanceof Float32Array) return 'float32'
  if (array instanceof Float64Array) return 'float64'
  return array instanceof Int32Array ? 'int32' : 'uint8'
}

/** The array's bytes in little-endian order; a copy. */
function littleEndian(array: SavedArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice()
  if (!LITTLE_ENDIAN) for (let at = 0; at < bytes.length; at += array.BYTES_PER_ELEMENT) bytes.subarray(at, at + array.BYTES_PER_ELEMENT).reverse()
  return bytes
}

/** One file of all arrays, little endian, in order of their names, with its table of contents. */
export function packWeights(arrays: SavedState['arrays']): { weights: Uint8Array; table: WeightsTable } {
  const entries = Object.entries(arrays).toSorted(([a], [b]) => (a < b ? -1 : 1))
  let offset = 0
  const placed = entries.map(([name, array]) => {
    const at = offset
    offset = Math.ceil((at + array.byteLength) / ALIGNMENT) * ALIGNMENT
    return { name, array, at }
  })
  const weights = new Uint8Array(offset)
  for (const { array, at } of placed) weights.set(littleEndian(array), at)
  const table = placed.map(({ name, array, at }) => ({ name, dtype: dtypeOf(array), shape: [array.length], offset: at }))
  return { weights, table: { bytes: weights.length, sha256: sha256(weights), arrays: table } }
}

/** The arrays back; a string says what is wrong with the file. */
export function unpackWeights(weights: Uint8Array, table: WeightsTable): SavedState['arrays'] | string {
  if (weights.length !== table.bytes) return `it has ${weights.length} bytes where ${table.bytes} were saved`
  if (sha256(weights) !== table.sha256) return 'its content differs from what was saved'
  const arrays: Record<string, SavedArray> = Object.create(null) as Record<string, SavedArray>
  for (const { name, dtype, shape, offset } of table.arrays) {
    const type = dtypes[dtype]
    const length = shape.reduce((product, size) => product * size, 1)
    const end = offset + length * type.BYTES_PER_ELEMENT
    if (name in arrays) return `array "${name}" is listed twice`
    if (end > weights.length) return `array "${name}" ends at byte ${end}, after the end of the file`
    // A copy: `slice` of a Node Buffer would share its memory.
    const array = new type(new Uint8Array(weights.subarray(offset, end)).buffer)
    arrays[name] = LITTLE_ENDIAN ? array : new type(littleEndian(array).buffer as ArrayBuffer)
  }
  return arrays
}
