import { mergeMoments, momentsOf, NO_MOMENTS } from './central-moments.ts'

/** Quantiles that a profile shows. */
export const QUANTILES: readonly number[] = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]

/** What a pass over a column's sorted numbers finds. */
export type NumberMoments = {
  readonly values: number
  readonly distinct: number
  readonly mean: number
  /** Sums of the powers 2, 3 and 4 of the deviations from the mean. */
  readonly m2: number
  readonly m3: number
  readonly m4: number
  readonly zeros: number
  readonly negatives: number
  readonly whole: boolean
  /** In the order of `QUANTILES`; empty where there is no value. */
  readonly quantiles: readonly number[]
  /** The three least and the three greatest values, most extreme first. */
  readonly lowest: readonly End[]
  readonly highest: readonly End[]
}

/** A value at an end of a column, with how many cells have it. */
export type End = { readonly value: number; readonly count: number }

/** Values gathered before their moments are merged; fixed, so that the sums are the same however the values arrive. */
const BLOCK = 8192

/**
 * Takes a column's finite numbers in ascending order and keeps what a profile says of them: exact order statistics, and
 * central moments block by block. `total` is how many values there will be.
 */
export function numberCollector(total: number) {
  const wanted = QUANTILES.flatMap((q) => ranksOf(q, total)).toSorted((a, b) => a - b)
  const found = new Map<number, number>()
  const block = new Float64Array(BLOCK)
  let filled = 0
  let next = 0
  let seen = 0
  let distinct = 0
  let sums = NO_MOMENTS
  let [zeros, negatives, whole] = [0, 0, true]
  const lowest: End[] = []
  // The last three runs of equal values, newest first, as plain numbers: this is done once per distinct value.
  let [value1, count1, value2, count2, value3, count3] = [Number.NaN, 0, Number.NaN, 0, Number.NaN, 0]

  const endRun = (): void => {
    if (count1 === 0) return
    distinct++
    if (distinct <= 3) lowest.push({ value: oneZero(value1), count: count1 })
    if (value1 === 0) zeros += count1
    else if (value1 < 0) negatives += count1
    whole &&= Number.isInteger(value1)
  }
  const flush = (): void => {
    if (filled === 0) return
    sums = mergeMoments(sums, momentsOf(block, filled))
    filled = 0
  }
  return {
    /** Takes `count` cells of `value`; values come in ascending order. */
    take(value: number, count: number): void {
      if (value === value1) count1 += count
      else {
        endRun()
        ;[value3, count3] = [value2, count2]
        ;[value2, count2] = [value1, count1]
        ;[value1, count1] = [value, count]
      }
      seen += count
      while (next < wanted.length && (wanted[next] as number) < seen) found.set(wanted[next++] as number, value)
      if (count === 1) {
        block[filled++] = value
        if (filled === BLOCK) flush()
        return
      }
      for (let left = count; left > 0; ) {
        const part = Math.min(left, BLOCK - filled)
        block.fill(value, filled, filled + part)
        filled += part
        left -= part
        if (filled === BLOCK) flush()
      }
    },
    finish(): NumberMoments {
      endRun()
      flush()
      if (seen !== total) throw new Error(`${seen} values came where ${total} were announced`)
      const ends = [{ value: value1, count: count1 }, { value: value2, count: count2 }, { value: value3, count: count3 }]
      const highest = ends.flatMap(({ value, count }) => (count > 0 ? [{ value: oneZero(value), count }] : []))
      return { values: seen, distinct, ...sums, zeros, negatives, whole, quantiles: quantilesOf(found, total), lowest, highest }
    },
  }
}

/** 0 and -0 are one value of a column; which of them comes first is chance. */
export function oneZero(value: number): number {
  return value === 0 ? 0 : value
}

/** The 0-based ranks between which a quantile of `total` values lies. */
export function ranksOf(q: number, total: number): number[] {
  if (total === 0) return []
  const below = Math.floor(q * (total - 1))
  return [below, Math.min(total - 1, below + 1)]
}

/** `QUANTILES` by linear interpolation between order statistics, from the values at their ranks; empty where there is no value. */
export function quantilesOf(found: ReadonlyMap<number, number>, total: number): number[] {
  if (total === 0) return []
  return QUANTILES.map((q) => {
    const [below = 0, above = 0] = ranksOf(q, total)
    const [low, high] = [found.get(below) ?? Number.NaN, found.get(above) ?? Number.NaN]
    const share = q * (total - 1) - below
    return oneZero(share === 0 || low === high ? low : low * (1 - share) + high * share)
  })
}
