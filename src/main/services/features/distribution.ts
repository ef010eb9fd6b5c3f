import type { Distribution } from '#shared/domain/distribution.ts'
import type { CategoryColumn, Column } from '../../table/column.ts'

/** Bins of a distribution. */
const BINS = 24
/** Levels that are told one by one. */
const LEVELS = 12

/** 1 for rows of the marked class, one per row of the table; undefined where no class is marked. */
export type Marks = Uint8Array | undefined

/** How a column's values are distributed, in 24 bins of equal width (one per number where there are few whole ones) or by its 12 most frequent levels. */
export function distributionOf(column: Column, marks: Marks): Distribution {
  return column.kind === 'number' ? numbersOf(column.values, marks) : levelsOf(column, marks)
}

/** How numbers are distributed; NaN is missing, infinite ones count in the first and last bin. */
export function numbersOf(values: ArrayLike<number>, marks: Marks): Distribution {
  const { least, greatest, whole, finite, mean, deviation, skew, missing } = momentsOf(values)
  if (finite === 0) return { kind: 'numbers', edges: [], counts: [], missing, mean: null, deviation: null, skew: null }
  const few = whole && greatest - least < BINS
  const [low, high] = few && least < greatest ? [least - 0.5, greatest + 0.5] : [least, greatest]
  const bins = low === high ? 1 : few ? high - low : BINS
  const width = (high - low) / bins
  const counts = Array.from({ length: bins }, () => 0)
  const marked = counts.slice()
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (Number.isNaN(value)) continue
    const bin = width === 0 ? 0 : Math.max(0, Math.min(bins - 1, Math.floor((value - low) / width)))
    counts[bin] = (counts[bin] as number) + 1
    if (marks?.[row] === 1) marked[bin] = (marked[bin] as number) + 1
  }
  const edges = Array.from({ length: bins + 1 }, (_, index) => (index === bins ? high : low + index * width))
  return { kind: 'numbers', edges, counts, ...(marks === undefined ? {} : { marked }), missing, mean, deviation, skew }
}

/** Two passes: the moments about the mean lose nothing to cancellation. Skewness is m3 / m2^1.5 (Fisher–Pearson g1). */
function momentsOf(values: ArrayLike<number>) {
  let [least, greatest, finite, sum, missing] = [Infinity, -Infinity, 0, 0, 0]
  let whole = true
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (Number.isNaN(value)) missing += 1
    if (!Number.isFinite(value)) continue
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
    sum += value
    finite += 1
    if (!Number.isInteger(value)) whole = false
  }
  const mean = sum / finite
  let [second, third] = [0, 0]
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (!Number.isFinite(value)) continue
    const away = value - mean
    second += away * away
    third += away * away * away
  }
  const variance = second / finite
  const skew = variance > 0 ? third / finite / variance ** 1.5 : null
  return { least, greatest, whole, finite, missing, mean: finite === 0 ? null : mean, deviation: finite === 0 ? null : Math.sqrt(variance), skew }
}

function levelsOf({ codes, categories }: CategoryColumn, marks: Marks): Distribution {
  const counts = new Int32Array(categories.length)
  const marked = new Int32Array(categories.length)
  let missing = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0) {
      missing += 1
      continue
    }
    counts[code] = (counts[code] as number) + 1
    if (marks?.[row] === 1) marked[code] = (marked[code] as number) + 1
  }
  const order = [...counts.keys()].filter((code) => (counts[code] as number) > 0).toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const shown = order.slice(0, LEVELS)
  return {
    kind: 'levels',
    levels: shown.map((code) => ({ value: categories[code] ?? '', count: counts[code] as number, ...(marks === undefined ? {} : { marked: marked[code] as number }) })),
    other: order.slice(LEVELS).reduce((sum, code) => sum + (counts[code] as number), 0),
    missing,
  }
}
