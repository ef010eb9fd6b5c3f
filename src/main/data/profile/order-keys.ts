/**
 * How numbers become keys of 16 bits that sort as they do: their upper 32 bits as a whole number, less `base`, without the
 * last `shift` bits. Between the two numbers that it was made for keys lie as close as 16 bits allow; all numbers beyond
 * have the first or the last key.
 */
export type OrderKeys = { readonly base: number; readonly shift: number }

/** How many keys there are. */
export const KEYS = 65536

/** The keys of numbers of which nothing is known: sign, exponent and four bits of the fraction. */
const ANY: OrderKeys = { base: -(2 ** 31), shift: 16 }

/** Keys that tell numbers from `low` to `high` apart as well as they can. */
export function orderKeys(low: number, high: number): OrderKeys {
  if (!Number.isFinite(low) || !Number.isFinite(high) || low > high) return ANY
  const [base = 0, top = 0] = upperWords(Float64Array.of(low, high)).map(ordered)
  let shift = 0
  while (Math.floor((top - base) / 2 ** shift) >= KEYS) shift++
  return { base, shift }
}

/** The upper 32 bits of each number are those at odd places: all machines that Node runs on are little-endian. */
export function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2)
}

/** The key of a number from its upper 32 bits. NaN and infinities have keys too. */
export function keyOf(upper: number, { base, shift }: OrderKeys): number {
  const word = ordered(upper)
  if (word <= base) return 0
  // All within 32 bits: the difference may not be one with a sign, the shift takes it for one without.
  const key = ((word - base) | 0) >>> shift
  return key < KEYS ? key : KEYS - 1
}

function upperWords(values: Float64Array): Int32Array {
  return wordsOf(values).filter((_, index) => index % 2 === 1)
}

/** Negative numbers of greater size have greater bits: all but the sign are turned round. */
function ordered(upper: number): number {
  return upper ^ ((upper >> 31) & 0x7fffffff)
}
