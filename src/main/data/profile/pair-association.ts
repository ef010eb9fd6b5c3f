import type { Column } from '../../table/column.ts'

/** A column ready to be compared: numbers with their ranks, or codes of levels. */
export type Comparable =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array; readonly ranks: Float64Array }
  | { readonly kind: 'category'; readonly name: string; readonly codes: Int32Array; readonly levels: number }

/** Prepares a column; ranks are those of its own present values, averaged over ties, NaN where missing. */
export function comparable(column: Column): Comparable {
  if (column.kind === 'category') return { kind: 'category', name: column.name, codes: column.codes, levels: column.categories.length }
  return { kind: 'number', name: column.name, values: column.values, ranks: averageRanks(column.values) }
}

function averageRanks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).filter((i) => Number.isFinite(values[i]))
  order.sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Float64Array(values.length).fill(Number.NaN)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + end - 1) / 2
    start = end
  }
  return ranks
}

/** Pearson's r over the rows in which both are numbers; null where one of them does not vary there. Two passes, so that large means cost no digits. */
export function pearson(a: Float64Array, b: Float64Array): number | null {
  let [n, sumA, sumB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number]
    if (x - x !== 0 || y - y !== 0) continue
    n++
    sumA += x
    sumB += y
  }
  if (n < 2) return null
  const [meanA, meanB] = [sumA / n, sumB / n]
  let [aa, bb, ab] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB]
    if (x - x !== 0 || y - y !== 0) continue
    aa += x * x
    bb += y * y
    ab += x * y
  }
  const r = ab / Math.sqrt(aa * bb)
  return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : null
}

/** How much two columns go together: Spearman's ρ of two numbers (with sign), else 0 … 1; null where one does not vary. */
export function association(a: Comparable, b: Comparable): number | null {
  if (a.kind === 'number') return b.kind === 'number' ? pearson(a.ranks, b.ranks) : correlationRatio(b, a.values)
  return b.kind === 'number' ? correlationRatio(a, b.values) : cramersV(a, b)
}

/** Bias-corrected Cramér's V (Bergsma 2013, "A bias-correction for Cramér's V and Tschuprow's T") over rows in which both are present. */
export function cramersV(a: { codes: Int32Array; levels: number }, b: { codes: Int32Array; levels: number }): number | null {
  const cells = new Float64Array(a.levels * b.levels)
  const [rows, columns] = [new Float64Array(a.levels), new Float64Array(b.levels)]
  let n = 0
  for (let i = 0; i < a.codes.length; i++) {
    const [r, c] = [a.codes[i] as number, b.codes[i] as number]
    if (r < 0 || c < 0) continue
    n++
    cells[r * b.levels + c] = (cells[r * b.levels + c] as number) + 1
    rows[r] = (rows[r] as number) + 1
    columns[c] = (columns[c] as number) + 1
  }
  const [r, c] = [rows.filter((count) => count > 0).length, columns.filter((count) => count > 0).length]
  if (r < 2 || c < 2 || n < 2) return null
  let phi2 = -1
  for (let i = 0; i < a.levels; i++) {
    for (let j = 0; j < b.levels; j++) {
      const count = cells[i * b.levels + j] as number
      if (count > 0) phi2 += (count * count) / ((rows[i] as number) * (columns[j] as number))
    }
  }
  const corrected = Math.max(0, phi2 - ((r - 1) * (c - 1)) / (n - 1))
  const [rTilde, cTilde] = [r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)]
  const least = Math.min(rTilde - 1, cTilde - 1)
  return least <= 0 ? null : Math.min(1, Math.sqrt(corrected / least))
}

/** Correlation ratio η of numbers by category: root of the share of the variance that lies between categories, corrected for their number (Kelley's ε², 1935). */
export function correlationRatio(groups: { codes: Int32Array; levels: number }, values: Float64Array): number | null {
  const [counts, sums] = [new Float64Array(groups.levels), new Float64Array(groups.levels)]
  let [n, total] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const [code, value] = [groups.codes[i] as number, values[i] as number]
    if (code < 0 || value - value !== 0) continue
    n++
    total += value
    counts[code] = (counts[code] as number) + 1
    sums[code] = (sums[code] as number) + value
  }
  const k = counts.filter((count) => count > 0).length
  if (k < 2 || n <= k) return null
  const mean = total / n
  let [between, all] = [0, 0]
  for (let j = 0; j < groups.levels; j++) {
    const count = counts[j] as number
    if (count > 0) between += count * ((sums[j] as number) / count - mean) ** 2
  }
  for (let i = 0; i < values.length; i++) {
    const deviation = (values[i] as number) - mean
    if ((groups.codes[i] as number) >= 0 && deviation - deviation === 0) all += deviation * deviation
  }
  if (!(all > 0) || !Number.isFinite(all)) return null
  const corrected = 1 - (1 - between / all) * ((n - 1) / (n - k))
  return Math.sqrt(Math.max(0, Math.min(1, corrected)))
}
