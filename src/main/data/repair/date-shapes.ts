import { isSerial } from './kinds/dates.ts'

/** How a text reads as a date: its strptime format; `day-or-month` where the order of the first two numbers is open. */
export type DateShape =
  | { readonly kind: 'format'; readonly format: string; readonly year: number | undefined; readonly timed: boolean }
  | { readonly kind: 'day-or-month'; readonly separator: string; readonly shortYear: boolean; readonly tail: string; readonly first: number; readonly second: number; readonly year: number | undefined; readonly timed: boolean }
  | { readonly kind: 'serial' }

/** Tails of a date that say a time, with their strptime formats. */
const TIMES: readonly (readonly [RegExp, string])[] = [
  [/^$/, ''],
  [/^ \d{1,2}:\d{2}$/, ' %H:%M'],
  [/^ \d{1,2}:\d{2}:\d{2}$/, ' %H:%M:%S'],
  [/^ \d{1,2}:\d{2} ?[AP]M$/i, ' %I:%M %p'],
  [/^ \d{1,2}:\d{2}:\d{2} ?[AP]M$/i, ' %I:%M:%S %p'],
  [/^T\d{2}:\d{2}$/, 'T%H:%M'],
  [/^T\d{2}:\d{2}:\d{2}$/, 'T%H:%M:%S'],
  [/^T\d{2}:\d{2}:\d{2}Z$/, 'T%H:%M:%SZ'],
]

/** How a text reads as a date, undefined where it does not. */
export function dateShape(text: string): DateShape | undefined {
  if (isSerial(text)) return { kind: 'serial' }
  const [, day, rest = ''] = /^([^ T:]+(?: [A-Za-z]{3,9},? \d{2,4})?|[A-Za-z]{3,9} \d{1,2},? \d{4})((?:[ T]\d.*)?)$/.exec(text) ?? []
  const tail = TIMES.find(([pattern]) => pattern.test(rest))?.[1]
  if (day === undefined || tail === undefined) return undefined
  const timed = tail !== ''
  const iso = /^(\d{4})([-/.])\d{1,2}\2\d{1,2}$/.exec(day)
  if (iso !== null) return { kind: 'format', format: `%Y${iso[2]}%m${iso[2]}%d${tail}`, year: Number(iso[1]), timed }
  const compact = /^((?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.exec(day)
  if (compact !== null) return { kind: 'format', format: `%Y%m%d${tail}`, year: Number(compact[1]), timed }
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4})$/.exec(day)
  if (numeric !== null) {
    const [, first = '', separator = '', second = '', year = ''] = numeric
    return { kind: 'day-or-month', separator, shortYear: year.length === 2, tail, first: Number(first), second: Number(second), year: year.length === 4 ? Number(year) : undefined, timed }
  }
  return namedMonth(day, tail, timed)
}

function namedMonth(day: string, tail: string, timed: boolean): DateShape | undefined {
  const dayFirst = /^\d{1,2}([- ])([A-Za-z]{3,9})(,?)\1(\d{2}|\d{4})$/.exec(day)
  if (dayFirst !== null) {
    const [, separator = '', month = '', comma = '', year = ''] = dayFirst
    const format = `%d${separator}${month.length === 3 ? '%b' : '%B'}${comma}${separator}${year.length === 2 ? '%y' : '%Y'}${tail}`
    return { kind: 'format', format, year: year.length === 4 ? Number(year) : undefined, timed }
  }
  const monthFirst = /^([A-Za-z]{3,9}) \d{1,2}(,?) (\d{4})$/.exec(day)
  if (monthFirst === null) return undefined
  const [, month = '', comma = '', year = ''] = monthFirst
  return { kind: 'format', format: `${month.length === 3 ? '%b' : '%B'} %d${comma} %Y${tail}`, year: Number(year), timed }
}
