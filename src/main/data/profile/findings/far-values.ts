import type { ColumnProfile, NumberProfile, ProfileFinding } from '#shared/domain/profile.ts'
import { isUsualMark, sentinelEnds } from '../../sentinel-ends.ts'
import type { Edge } from '../../text-tally.ts'
import { countOf, figure, quoted, type FindingRule } from './gathered.ts'

/** Numbers that lie apart from the others: stand-ins for "no value" (−200, 9999), else outliers. */
export const farValues: FindingRule = ({ columns }) => columns.flatMap((column) => sentinel(column) ?? outlier(column) ?? [])

/** A value at an end of a column that stands apart from all others and looks like "no value". */
export type StandIn = { readonly value: number; readonly rows: number; readonly nearest: number }

/** The value of a column of numbers that probably stands for "no value"; undefined where there is none. */
export function standInOf(column: ColumnProfile): StandIn | undefined {
  const { numbers } = column
  if (numbers === null || column.dates !== null || column.distinct < 5) return undefined
  const [low, high] = [endOf(numbers.lowest), endOf(numbers.highest)]
  if (low === undefined || high === undefined) return undefined
  // A number that is no usual mark, such as 0 among large ones, may be a value all the same.
  const found = sentinelEnds(low, high, numbers.values).find(({ value }) => isUsualMark(value))
  return found === undefined ? undefined : { value: found.value, rows: found.count, nearest: found.value === low.value ? low.next : high.next }
}

function endOf([outermost, next]: NumberProfile['lowest']): Edge | undefined {
  return outermost === undefined || next === undefined ? undefined : { ...outermost, next: next.value }
}

function sentinel(column: ColumnProfile): ProfileFinding | undefined {
  const found = standInOf(column)
  if (found === undefined) return undefined
  const { value, rows, nearest } = found
  return {
    kind: 'sentinel',
    severity: 'warning',
    columns: [column.name],
    message: `Column ${quoted(column.name)} is ${figure(value)} in ${countOf(rows, 'row')}; the nearest other value is ${figure(nearest)}.`,
    advice: `It probably stands for "no value": declare "${figure(value)}" as missing, or mean and scale are wrong.`,
    figures: { value, rows, nearest },
  }
}

/** Robust deviations beyond which a value is far from all that is usual, on both the plain and the logarithmic scale. */
const FAR = 10
/** An outlier is also so many times as far as the 1 % or 99 % quantile on its side: a tail that only grows thin is natural. */
const BEYOND_TAIL = 3

function outlier(column: ColumnProfile): ProfileFinding | undefined {
  const { name, numbers } = column
  if (numbers === null || column.dates !== null || numbers.values < 30 || column.distinct < 10) return undefined
  const high = numbers.highest[0]?.value
  const low = numbers.lowest[0]?.value
  if (high === undefined || low === undefined) return undefined
  const candidates = [high, low].map((value, side) => {
    const z = deviations(numbers, value)
    const tail = deviations(numbers, numbers.quantiles[side === 0 ? 7 : 1]?.value ?? value)
    return { value, z: z > FAR && z > BEYOND_TAIL * tail ? z : 0 }
  })
  const [first] = candidates.toSorted((a, b) => b.z - a.z)
  if (first === undefined || first.z === 0) return undefined
  const { value: far, z } = first
  const median = numbers.quantiles[4]?.value ?? 0
  return {
    kind: 'outliers',
    severity: 'warning',
    columns: [name],
    message: `Column ${quoted(name)} holds values as far off as ${figure(far)}, where half of them lie between ${figure(numbers.quantiles[3]?.value ?? 0)} and ${figure(numbers.quantiles[5]?.value ?? 0)} (median ${figure(median)}).`,
    advice: 'Check the most extreme rows: slips of the unit or the decimal mark look like this. prepare/clean can take them as missing.',
    figures: { value: far, deviations: Number(z.toPrecision(4)), median },
  }
}

/**
 * How far a value lies from the median, in robust standard deviations of its own side: the distance of the quartile divided
 * by 0.6745. Large values of long-tailed columns without negative numbers are
 * measured after log(1 + x), where such a tail is natural.
 */
function deviations(numbers: NumberProfile, value: number): number {
  const logarithmic = (numbers.skew ?? 0) > 1 && numbers.negatives === 0 && value > (numbers.quantiles[4]?.value ?? 0)
  const of = (x: number): number => (logarithmic ? Math.log1p(x) : x)
  const [, , , q25, q50, q75] = numbers.quantiles.map((quantile) => of(quantile.value))
  if (q25 === undefined || q50 === undefined || q75 === undefined) return 0
  const side = of(value) >= q50 ? q75 - q50 : q50 - q25
  const half = Math.max(side, (q75 - q25) / 4)
  return half > 0 ? Math.abs(of(value) - q50) / (half / 0.6745) : 0
}
