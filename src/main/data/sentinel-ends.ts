import type { Edge } from './text-tally.ts'

/** A number that probably stands for "no value": it repeats, and lies far outside the rest. */
export type Sentinel = { readonly value: number; readonly count: number; readonly low: number; readonly high: number }

/** Numbers that people write for "no value". */
const USUAL = /^-?(?:9{2,}|8{3,}|7{3,}|99\d*00|200|1000+|32768|32767|2147483648|2147483647)$|^-(?:1|9|8|7)$/
const LEAST_ROWS = 3
/** Share of the values that such a number has at least. */
const LEAST_SHARE = 0.0005

/** The ends of a column of `values` numbers that probably stand for "no value", the smaller first: the one rule of import, profile and cleaning. */
export function sentinelEnds(low: Edge, high: Edge, values: number): readonly Sentinel[] {
  const isLow = isFarOut(low, high, values)
  const isHigh = isFarOut(high, low, values)
  const [least, most] = [isLow ? low.next : low.value, isHigh ? high.next : high.value]
  return [...(isLow ? [low] : []), ...(isHigh ? [high] : [])].map(({ value, count }) => ({ value, count, low: least, high: most }))
}

/** True for a number that people write for "no value", whatever the column means. */
export function isUsualMark(value: number): boolean {
  return USUAL.test(String(value))
}

/**
 * True for an outermost number that repeats and lies apart from the next by more than the others span; where it is a usual
 * mark for "no value", by a tenth of that, or alone on its side of zero.
 */
function isFarOut(edge: Edge, opposite: Edge, values: number): boolean {
  if (edge.count < Math.max(LEAST_ROWS, LEAST_SHARE * values) || edge.count === values || !Number.isFinite(edge.next)) return false
  // Where the other end is a mark too, its neighbour is the end of the rest.
  const end = isUsualMark(opposite.value) && Number.isFinite(opposite.next) && opposite.count >= LEAST_ROWS ? opposite.next : opposite.value
  const span = Math.abs(end - edge.next)
  const gap = Math.abs(edge.value - edge.next)
  if (span === 0) return isUsualMark(edge.value) && gap > Math.abs(edge.next)
  if (!isUsualMark(edge.value)) return gap > 3 * span
  const alone = edge.value < -1 && edge.next >= 0
  return alone ? gap >= 0.01 * span : gap >= (edge.value === -1 ? 3 : 0.5) * span
}
