/** What decides the bins of a histogram. */
export type BinFacts = {
  readonly values: number
  readonly distinct: number
  readonly whole: boolean
  readonly minimum: number
  readonly maximum: number
  /** Quantiles 1, 25, 75 and 99 %. */
  readonly q1: number
  readonly q25: number
  readonly q75: number
  readonly q99: number
}

/** Bins of equal width: bin i holds low + i·width … low + (i + 1)·width. */
export type Bins = { readonly low: number; readonly width: number; readonly count: number }

const FEWEST = 10
const MOST = 40

/**
 * Bins of equal width between the ends of a column. Values farther beyond the 1 % or 99 % quantile than these lie apart are
 * left outside, so that they do not squeeze all others into one bin. The width is Freedman and Diaconis' (1981),
 * 2·IQR·n^(−1/3), kept between 10 and 40 bins; whole numbers get whole widths, and a bin each where they are few.
 */
export function chooseBins(facts: BinFacts): Bins {
  const { values, whole, q1, q99 } = facts
  const core = q99 - q1
  const low = core > 0 ? Math.max(facts.minimum, q1 - core) : facts.minimum
  const high = core > 0 ? Math.min(facts.maximum, q99 + core) : facts.maximum
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return { low: whole ? low - 0.5 : low, width: span > 0 ? Number.MAX_VALUE / 2 : 1, count: span > 0 ? 2 : 1 }
  if (whole && span < MOST) return { low: Math.ceil(low) - 0.5, width: 1, count: Math.floor(high) - Math.ceil(low) + 1 }
  const diaconis = (2 * (facts.q75 - facts.q25)) / Math.cbrt(values)
  const wanted = diaconis > 0 ? span / diaconis : Math.log2(values) + 1 // Sturges where the middle half is one value
  const count = Math.max(FEWEST, Math.min(MOST, Math.ceil(wanted)))
  if (!whole) return { low, width: span / count, count }
  const width = Math.ceil((span + 1) / count)
  return { low: Math.ceil(low) - 0.5, width, count: Math.ceil((Math.floor(high) - Math.ceil(low) + 1) / width) }
}

/** Edges of bins, one more than bins. */
export function edgesOf({ low, width, count }: Bins): number[] {
  return Array.from({ length: count + 1 }, (_, i) => Number((low + i * width).toPrecision(15)))
}

/** The bin of a value: −1 before the first, `count` behind the last; the last bin holds its upper edge. */
export function binOf({ low, width, count }: Bins, value: number): number {
  const bin = Math.floor((value - low) / width)
  if (bin < 0) return -1
  if (bin < count) return bin
  return value <= low + width * count ? count - 1 : count
}
