import type { Column } from '../../table/column.ts'
import { isLearningRow } from './sample-rows.ts'

/** The target as it is to be predicted: codes of classes (−1: no class) or numbers (NaN: none). */
export type TargetValues =
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: readonly string[] }
  | { readonly kind: 'numbers'; readonly values: Float64Array }

/** What a column by itself says about the target on rows that it did not learn from. */
export type AloneScore = { readonly measure: 'auc' | 'lambda' | 'r2'; readonly value: number }

const MOST_BINS = 64
/** Rows that a bin of numbers should hold. */
const BIN_ROWS = 20
/** Rows of the mean target that each bin is mixed with, so that a bin of one row says little. */
const PRIOR_ROWS = 10
/** Held-out rows of each side below which a score would be luck. */
const FEWEST_ROWS = 10

/**
 * How well one column predicts the target: half of the rows learn, the other half is predicted. Numbers are cut into bins
 * of equal count (numeric targets get a straight line in each), categories are bins by themselves, missing cells too. Two
 * classes: area under the ROC curve; several: Goodman and Kruskal's λ, the share
 * of the most frequent class's errors that is avoided; numbers: R². Undefined where there are too few rows to tell.
 */
export function predictAlone(column: Column, target: TargetValues): AloneScore | undefined {
  const bins = binRows(column)
  if (target.kind === 'numbers') return r2(bins, column, target.values)
  return target.classes.length === 2 ? auc(bins, target.codes) : lambda(bins, target.codes, target.classes.length)
}

type Bins = { readonly of: Int32Array; readonly count: number }

/** The bin of each row; bin 0 is "missing". */
function binRows(column: Column): Bins {
  if (column.kind === 'category') return { of: column.codes.map((code) => code + 1), count: column.categories.length + 1 }
  const learnt = column.values.filter((value, row) => isLearningRow(row) && Number.isFinite(value)).sort()
  const wanted = Math.max(1, Math.min(MOST_BINS, Math.floor(learnt.length / BIN_ROWS)))
  const cuts = [...new Set(Array.from({ length: wanted - 1 }, (_, i) => learnt[Math.floor(((i + 1) * learnt.length) / wanted)] as number))]
  const of = new Int32Array(column.values.length)
  for (let row = 0; row < of.length; row++) {
    const value = column.values[row] as number
    of[row] = Number.isFinite(value) ? 1 + upperBound(cuts, value) : 0
  }
  return { of, count: cuts.length + 2 }
}

function upperBound(cuts: readonly number[], value: number): number {
  let [low, high] = [0, cuts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cuts[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}

function auc({ of, count }: Bins, codes: Int32Array): AloneScore | undefined {
  const [rows, positives] = [new Float64Array(count), new Float64Array(count)]
  let [all, yes] = [0, 0]
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0 || !isLearningRow(row)) continue
    const bin = of[row] as number
    rows[bin] = (rows[bin] as number) + 1
    positives[bin] = (positives[bin] as number) + code
    all++
    yes += code
  }
  const rate = rows.map((n, bin) => ((positives[bin] as number) + (PRIOR_ROWS * yes) / Math.max(1, all)) / (n + PRIOR_ROWS))
  const held = [new Float64Array(count), new Float64Array(count)] as const
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as 0 | 1 | -1
    if (code < 0 || isLearningRow(row)) continue
    const side = held[code as 0 | 1]
    side[of[row] as number] = (side[of[row] as number] as number) + 1
  }
  const [no, positive] = held.map((side) => side.reduce((sum, n) => sum + n, 0))
  if (no === undefined || positive === undefined || Math.min(no, positive) < FEWEST_ROWS) return undefined
  const order = [...rate.keys()].toSorted((a, b) => (rate[a] as number) - (rate[b] as number))
  let [below, wins] = [0, 0]
  for (let start = 0; start < order.length; ) {
    let [end, sameNo, sameYes] = [start, 0, 0]
    const score = rate[order[start] as number]
    for (; end < order.length && rate[order[end] as number] === score; end++) {
      sameNo += held[0][order[end] as number] as number
      sameYes += held[1][order[end] as number] as number
    }
    wins += sameYes * (below + sameNo / 2)
    below += sameNo
    start = end
  }
  return { measure: 'auc', value: wins / (no * positive) }
}

function lambda({ of, count }: Bins, codes: Int32Array, classes: number): AloneScore | undefined {
  const seen = new Float64Array(count * classes)
  const totals = new Float64Array(classes)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0 || !isLearningRow(row)) continue
    const cell = (of[row] as number) * classes + code
    seen[cell] = (seen[cell] as number) + 1
    totals[code] = (totals[code] as number) + 1
  }
  const common = totals.indexOf(totals.reduce((most, n) => Math.max(most, n), 0))
  const says = Array.from({ length: count }, (_, bin) => {
    const counts = seen.subarray(bin * classes, (bin + 1) * classes)
    const most = counts.reduce((greatest, n) => Math.max(greatest, n), 0)
    return most < 2 ? common : counts.indexOf(most)
  })
  let [held, errors, baseline] = [0, 0, 0]
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code < 0 || isLearningRow(row)) continue
    held++
    if (code !== common) baseline++
    if (says[of[row] as number] !== code) errors++
  }
  return held - baseline < FEWEST_ROWS || baseline < FEWEST_ROWS ? undefined : { measure: 'lambda', value: Math.max(0, 1 - errors / baseline) }
}

type Line = { n: number; x: number; y: number; xx: number; xy: number }

function r2(bins: Bins, column: Column, target: Float64Array): AloneScore | undefined {
  const lines = Array.from({ length: bins.count }, (): Line => ({ n: 0, x: 0, y: 0, xx: 0, xy: 0 }))
  const x = (row: number): number => (column.kind === 'number' && (bins.of[row] as number) > 0 ? (column.values[row] as number) : 0)
  let [n, sum] = [0, 0]
  for (let row = 0; row < target.length; row++) {
    const y = target[row] as number
    if (!Number.isFinite(y) || !isLearningRow(row)) continue
    n++
    sum += y
    const line = lines[bins.of[row] as number] as Line
    // Running means keep the sums of squares exact.
    line.n++
    const dx = x(row) - line.x
    line.x += dx / line.n
    line.xx += dx * (x(row) - line.x)
    line.xy += dx * (y - line.y - (y - line.y) / line.n)
    line.y += (y - line.y) / line.n
  }
  if (n === 0) return undefined
  const mean = sum / n
  const predict = (row: number): number => {
    const line = lines[bins.of[row] as number] as Line
    const level = (line.y * line.n + mean * PRIOR_ROWS) / (line.n + PRIOR_ROWS)
    if (!(line.xx > 0) || line.n < BIN_ROWS / 2) return line.n < BIN_ROWS / 2 ? level : line.y
    return line.y + (line.xy / line.xx) * (x(row) - line.x)
  }
  let [held, heldSum] = [0, 0]
  for (let row = 0; row < target.length; row++) {
    if (isLearningRow(row) || !Number.isFinite(target[row])) continue
    held++
    heldSum += target[row] as number
  }
  if (held < 2 * FEWEST_ROWS) return undefined
  let [errors, spread] = [0, 0]
  for (let row = 0; row < target.length; row++) {
    const y = target[row] as number
    if (isLearningRow(row) || !Number.isFinite(y)) continue
    errors += (y - predict(row)) ** 2
    spread += (y - heldSum / held) ** 2
  }
  const value = 1 - errors / spread
  return Number.isFinite(value) ? { measure: 'r2', value: Math.max(0, value) } : undefined
}
