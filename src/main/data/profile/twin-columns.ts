import type { ColumnProfile } from '#shared/domain/profile.ts'

/** Two columns of which one tells the other: the same cells, one a straight line of the other, or other names of the same values. */
export type Twins = { readonly first: string; readonly second: string; readonly how: 'same' | 'linear' | 'renamed'; readonly slope?: number; readonly intercept?: number }

/** What twins have in common: missing and distinct values, and how often the most frequent ones come. */
export function signature({ missing, distinct, top, numbers, dates }: ColumnProfile): string {
  const often = numbers === null || dates !== null ? top.map(({ count }) => count).join(' ') : 'n'
  const shape = numbers === null ? 'text' : 'number'
  // Numbers keep |skew| and kurtosis along a straight line.
  const moments = numbers === null ? '' : `${Math.abs(numbers.skew ?? 0).toPrecision(4)} ${(numbers.kurtosis ?? 0).toPrecision(4)}`
  // A code and its name are a number and a text: columns of few values meet by their counts, whatever their kind.
  return distinct <= 20 ? `${missing} ${distinct} ${top.map(({ count }) => count).toSorted((a, b) => b - a).join(' ')}` : `${shape} ${missing} ${distinct} ${often} ${moments}`
}

/** A straight line from the values of one column to those of another; `size` is the largest value on it. */
export type TwinLine = { readonly slope: number; readonly intercept: number; readonly size: number }

/** The straight lines through the ends of two columns of numbers, rising and falling, on which their medians lie too. */
export function linesBetween(a: ColumnProfile, b: ColumnProfile): TwinLine[] {
  if (a.type === 'datetime' || b.type === 'datetime') return []
  const [from, to] = [a.numbers?.quantiles, b.numbers?.quantiles]
  const [low, middle, high] = [from?.[0]?.value, from?.[4]?.value, from?.at(-1)?.value]
  const [least, centre, most] = [to?.[0]?.value, to?.[4]?.value, to?.at(-1)?.value]
  if (low === undefined || middle === undefined || high === undefined || least === undefined || centre === undefined || most === undefined || !(high > low)) return []
  const size = Math.max(Math.abs(least), Math.abs(most))
  return [[least, most] as const, [most, least] as const].flatMap(([start, end]) => {
    const slope = (end - start) / (high - low)
    const intercept = start - slope * low
    return Math.abs(centre - (slope * middle + intercept)) <= 1e-9 * size ? [{ slope, intercept, size }] : []
  })
}

/** True where two columns have as many values as each other, few enough to go one with one by other names. */
export function mayBeRenamed(a: ColumnProfile, b: ColumnProfile): boolean {
  return a.distinct === b.distinct && a.distinct >= 3 && a.distinct <= 10_000
}
