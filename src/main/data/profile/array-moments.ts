import { quantilesOf, ranksOf, QUANTILES, type End, type NumberMoments } from './number-collector.ts'
import { mergeMoments, momentsOf, NO_MOMENTS } from './central-moments.ts'
import { selectRanks } from './select-ranks.ts'

/** Values gathered before their moments are merged. */
const BLOCK = 8192

/** What a profile says of the finite numbers of `values`, which stay as they are, and how many are infinite; `distinct` is counted elsewhere. */
export function momentsOfArray(values: Float64Array, distinct: number): { readonly moments: NumberMoments; readonly infinite: number } {
  let sums = NO_MOMENTS
  let [zeros, negatives, infinite, finite, whole] = [0, 0, 0, 0, true]
  const block = new Float64Array(BLOCK)
  let filled = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value - value !== 0) { // NaN or infinite
      if (value === value) infinite++
      continue
    }
    finite++
    if (value <= 0) {
      if (value === 0) zeros++
      else negatives++
    }
    if (whole && Math.trunc(value) !== value) whole = false
    block[filled++] = value
    if (filled === BLOCK) {
      sums = mergeMoments(sums, momentsOf(block, filled))
      filled = 0
    }
  }
  if (filled > 0) sums = mergeMoments(sums, momentsOf(block, filled))
  const ranks = [...new Set(QUANTILES.flatMap((q) => ranksOf(q, finite)))].toSorted((a, b) => a - b)
  const quantiles = quantilesOf(selectRanks(values, ranks), finite)
  const ends = endsOf(values)
  return { moments: { values: finite, distinct, ...sums, zeros, negatives, whole, quantiles, ...ends }, infinite }
}

/** The three least and the three greatest finite values with their counts. */
function endsOf(values: Float64Array): { lowest: End[]; highest: End[] } {
  const [lowest, highest]: [End[], End[]] = [[], []]
  let [lowLimit, highLimit] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value - value !== 0) continue
    if (value <= lowLimit) lowLimit = place(lowest, value, (a, b) => a < b, Infinity)
    if (value >= highLimit) highLimit = place(highest, value, (a, b) => a > b, -Infinity)
  }
  return { lowest, highest }
}

/** Puts a value among the three at an end; returns the limit beyond which values no longer matter. */
function place(ends: End[], value: number, before: (a: number, b: number) => boolean, open: number): number {
  const at = ends.findIndex((end) => !before(end.value, value))
  const same = at >= 0 ? ends[at] : undefined
  if (same !== undefined && same.value === value) ends[at] = { value, count: same.count + 1 }
  else ends.splice(at < 0 ? ends.length : at, 0, { value, count: 1 })
  if (ends.length > 3) ends.pop()
  return ends.length < 3 ? open : (ends[2]?.value ?? open)
}
