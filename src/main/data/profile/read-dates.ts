import type { DateProfile } from '#shared/domain/profile.ts'
import { readCells } from '../read-cells.ts'
import { countSorted, type CountedNumbers } from './counted-numbers.ts'
import type { ProfiledColumn, Relation } from './relation.ts'

const DAY = 86_400_000

/** Days (as milliseconds) that stand for "not known": the beginnings of clocks and calendars, and their ends. */
const PLACEHOLDERS: readonly number[] = [
  '0001-01-01', '1000-01-01', '1753-01-01', '1800-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1901-01-01', '1904-01-01', '1970-01-01', '2038-01-19', '2099-12-31', '2100-01-01', '2999-12-31', '3000-01-01', '9999-01-01', '9999-12-31',
].map((day) => Date.parse(`${day}T00:00:00Z`))

/** Days from the first to the last up to which each gets a count of its own. */
const MOST_DAYS = 4_000_000

/** Days without any other row on either side that make such a day stand apart. */
const APART = 366

/** When the moments of a column are; undefined where it has none. `asOf` is the moment after whose day dates are in the future. */
export async function readDates(relation: Relation, column: ProfiledColumn, cells: Float64Array | undefined, asOf: number): Promise<DateProfile | undefined> {
  const days = cells === undefined ? await countDays(relation, column) : daysOf(cells)
  return days.values.length === 0 ? undefined : describeDays(days, Math.floor(asOf / DAY))
}

async function countDays({ engine, from }: Relation, column: ProfiledColumn): Promise<CountedNumbers> {
  const numbers = readCells([{ ...column, as: 'number' }], from)
  const days: number[] = []
  const counts: number[] = []
  await engine.chunks(`SELECT floor(x / ${DAY}) AS d, CAST(count(*) AS DOUBLE) AS n FROM (${numbers}) AS cell(x) WHERE isfinite(x) GROUP BY d ORDER BY d`, (chunk) => {
    const [d, n] = [chunk.column(0).numbers, chunk.column(1).numbers]
    for (let i = 0; i < chunk.rows; i++) {
      days.push(d?.[i] as number)
      counts.push(n?.[i] as number)
    }
  })
  return { values: Float64Array.from(days), counts: Float64Array.from(counts) }
}

function daysOf(cells: Float64Array): CountedNumbers {
  let [least, greatest] = [Infinity, -Infinity]
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    if (cell - cell !== 0) continue // NaN or infinite
    if (cell < least) least = cell
    if (cell > greatest) greatest = cell
  }
  const [first, last] = [Math.floor(least / DAY), Math.floor(greatest / DAY)]
  if (last - first >= MOST_DAYS) return countSorted(cells.map((cell) => Math.floor(cell / DAY)))
  const counts = new Float64Array(Math.max(0, last - first + 1))
  for (let i = 0; i < cells.length; i++) {
    const at = Math.floor((cells[i] as number) / DAY) - first
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] as number) + 1
  }
  const values = Float64Array.from(counts, (_, at) => first + at).filter((_, at) => (counts[at] as number) > 0)
  return { values, counts: counts.filter((count) => count > 0) }
}

/** What days (numbers since 1970-01-01, ascending) with their counts say. */
export function describeDays({ values, counts }: CountedNumbers, today: number): DateProfile {
  const weekdays = new Array<number>(7).fill(0)
  const months = new Array<number>(12).fill(0)
  let future = 0
  let gap = { from: 0, to: 0, days: 0 }
  for (let i = 0; i < values.length; i++) {
    const [day, count] = [values[i] as number, counts[i] as number]
    const weekday = (((day + 3) % 7) + 7) % 7 // 1970-01-01 was a Thursday
    weekdays[weekday] = (weekdays[weekday] ?? 0) + count
    const month = new Date(day * DAY).getUTCMonth()
    months[month] = (months[month] ?? 0) + count
    if (day > today) future += count
    const empty = i === 0 ? 0 : day - (values[i - 1] as number) - 1
    if (empty > gap.days) gap = { from: (values[i - 1] as number) + 1, to: day - 1, days: empty }
  }
  const [first, last] = [values[0] as number, values.at(-1) as number]
  return {
    first: first * DAY,
    last: last * DAY,
    days: values.length,
    emptyDays: last - first + 1 - values.length,
    longestGap: gap.days === 0 ? null : { from: gap.from * DAY, to: gap.to * DAY, days: gap.days },
    weekdays,
    months,
    placeholders: placeholdersOf({ values, counts }),
    future,
  }
}

/** The first or last day of a column where it is a usual placeholder and no other day is near. */
function placeholdersOf({ values, counts }: CountedNumbers): { day: string; count: number }[] {
  return [...values.keys()].flatMap((i) => {
    const day = values[i] as number
    if (!PLACEHOLDERS.includes(day * DAY)) return []
    const before = i === 0 ? Infinity : day - (values[i - 1] as number)
    const after = i === values.length - 1 ? Infinity : (values[i + 1] as number) - day
    const alone = values.length > 1 && before >= APART && after >= APART
    return alone ? [{ day: dayText(day * DAY), count: counts[i] as number }] : []
  })
}

/** A moment's day in UTC, such as 2026-01-31; years of more than four digits carry their sign. */
export function dayText(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? 'beyond the calendar' : (date.toISOString().split('T')[0] ?? '')
}
