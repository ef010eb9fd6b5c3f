import { mergeMoments, momentsOf, NO_MOMENTS } from './central-moments.ts'
import { quantilesOf, ranksOf, QUANTILES, type NumberMoments } from './number-collector.ts'
import { keyOf, KEYS, wordsOf, type OrderKeys } from './order-keys.ts'
import { selectRanks } from './select-ranks.ts'
import { valueEnds } from './value-ends.ts'

/** Values gathered before their moments are merged. */
const BLOCK = 8192

/** Holds a column of numbers, and gathers what can be said of each as it comes. */
export type NumberScan = {
  /** The column; NaN where missing. */
  readonly cells: Float64Array
  /** Takes the next numbers, NaN where missing. */
  take(numbers: ArrayLike<number>): void
  /** What a profile says of the finite numbers, and how many are infinite; `distinct` is counted elsewhere. */
  finish(distinct: number): { readonly moments: NumberMoments; readonly infinite: number }
}

/** Scans a column of `rows` numbers; `keys` should be made for about its least and its greatest. */
export function numberScan(rows: number, keys: OrderKeys): NumberScan {
  const cells = new Float64Array(rows)
  const words = wordsOf(cells)
  const keyCounts = new Uint32Array(KEYS)
  const block = new Float64Array(BLOCK)
  const [low, high] = [valueEnds(-1), valueEnds(1)]
  let sums = NO_MOMENTS
  let [taken, filled, zeros, negatives, infinite, finite, whole] = [0, 0, 0, 0, 0, 0, true]

  /** Which of the values from `from` to `to` are finite is known only here: they are numbered and put in blocks. */
  function gather(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const value = cells[i] as number
      if (value - value !== 0) { // NaN or infinite
        if (value === value) infinite++
        continue
      }
      const key = keyOf(words[2 * i + 1] as number, keys)
      keyCounts[key] = (keyCounts[key] as number) + 1
      block[filled++] = value
      if (filled === BLOCK) flush()
    }
  }

  function flush(): void {
    finite += filled
    let [lowLimit, highLimit] = [low.limit(), high.limit()]
    for (let i = 0; i < filled; i++) {
      const value = block[i] as number
      if (value <= 0) {
        if (value === 0) zeros++
        else negatives++
      }
      if (whole && Math.trunc(value) !== value) whole = false
      if (value <= lowLimit) {
        low.take(value)
        lowLimit = low.limit()
      }
      if (value >= highLimit) {
        high.take(value)
        highLimit = high.limit()
      }
    }
    sums = mergeMoments(sums, momentsOf(block, filled))
    filled = 0
  }

  return {
    cells,
    take(numbers) {
      cells.set(numbers, taken)
      gather(taken, taken + numbers.length)
      taken += numbers.length
    },
    finish(distinct) {
      if (filled > 0) flush()
      const ranks = [...new Set(QUANTILES.flatMap((q) => ranksOf(q, finite)))].toSorted((a, b) => a - b)
      const quantiles = quantilesOf(selectRanks(cells, keyCounts, keys, ranks), finite)
      return { moments: { values: finite, distinct, ...sums, zeros, negatives, whole, quantiles, lowest: low.ends(), highest: high.ends() }, infinite }
    },
  }
}
