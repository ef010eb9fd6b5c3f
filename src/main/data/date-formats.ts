/** Days, in strptime's words; most common first. */
const DAYS = [
  ...['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%Y%m%d', '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%m-%d-%Y'],
  ...['%d-%b-%Y', '%d-%B-%Y', '%d %b %Y', '%d %B %Y', '%d. %B %Y', '%b %d, %Y', '%B %d, %Y', '%b %d %Y', '%B %d %Y', '%Y-%b-%d'],
  ...['%a, %d %b %Y', '%A, %d %B %Y', '%A, %B %d, %Y', '%d/%m/%y', '%m/%d/%y', '%d.%m.%y', '%d-%m-%y', '%m-%d-%y', '%d-%b-%y', '%d %b %y'],
]
const MONTHS = ['%Y-%m', '%Y/%m', '%m/%Y', '%b %Y', '%B %Y', '%b-%Y', '%B-%Y', '%b-%y']
const CLOCKS = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f', '%I:%M %p', '%I:%M:%S %p', '%I:%M%p', '%I:%M:%S%p']
const TIMES_OF_DAY = [...CLOCKS, '%H.%M.%S']
const ZONES = ['', 'Z', ' UTC', ' GMT', '%z', ' %z']

function momentsOf(day: string): string[] {
  const clocks = [...CLOCKS, '%H.%M', '%H.%M.%S']
  const spaced = [' ', ', '].flatMap((gap) => clocks.map((clock) => `${day}${gap}${clock}`))
  const zoned = [' ', 'T'].flatMap((gap) => ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f'].flatMap((clock) => ZONES.map((zone) => `${day}${gap}${clock}${zone}`)))
  return [day, ...new Set([...spaced, ...zoned])]
}

/** Formats that are tried, most common first. */
export const DATE_FORMATS: readonly string[] = [...DAYS.flatMap(momentsOf), ...MONTHS, ...TIMES_OF_DAY]

const MONTH_NAMES = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const PARTS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  I: '(?<I>\\d{1,2})',
  M: '(?<M>\\d{2})',
  S: '(?<S>\\d{2})',
  f: '\\d{1,9}',
  p: '(?:am|pm)',
  z: '[-+]\\d{2}(?::?\\d{2})?',
  b: `(?<b>${MONTH_NAMES.map((name) => name.slice(0, 3)).join('|')})`,
  B: `(?<b>${MONTH_NAMES.join('|')})`,
  a: `(?:${WEEKDAYS.map((name) => name.slice(0, 3)).join('|')})`,
  A: `(?:${WEEKDAYS.join('|')})`,
}

function patternOf(format: string): RegExp {
  // Without marks between them, parts have all their digits.
  const parts = format === '%Y%m%d' || format.startsWith('%Y%m%d') ? { ...PARTS, m: '(?<m>\\d{2})', d: '(?<d>\\d{2})' } : PARTS
  const source = format.replaceAll(/%(.)|([.])/g, (_all, part: string | undefined) => (part === undefined ? '\\.' : (parts[part] as string)))
  return new RegExp(`^${source}$`, 'i')
}

const patterns = new Map<string, RegExp>()

/** The year that a text names when it is read by `format`; undefined where it is no such date (the 30th of February, hour 25). */
export function yearBy(format: string, text: string): number | undefined {
  let pattern = patterns.get(format)
  if (pattern === undefined) {
    pattern = patternOf(format)
    patterns.set(format, pattern)
  }
  const match = pattern.exec(text)
  if (match === null) return undefined
  const { Y, y, m, d, b, H, I, M, S } = match.groups ?? {}
  const year = Y !== undefined ? Number(Y) : y !== undefined ? Number(y) + (Number(y) < 69 ? 2000 : 1900) : 1900
  const month = b === undefined ? Number(m ?? 1) : MONTH_NAMES.findIndex((name) => name.startsWith(b.toLowerCase().slice(0, 3))) + 1
  const day = Number(d ?? 1)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (Number(H ?? 0) > 23 || Number(I ?? 1) < 1 || Number(I ?? 1) > 12 || Number(M ?? 0) > 59 || Number(S ?? 0) > 59) return undefined
  return year
}

const marksOfFormat = new Map<string, string>()

/** The signs and blanks of a text or of a format, in order. */
export function marksOf(text: string): string {
  return text.replaceAll(/%.|[\dA-Za-z]/g, '')
}

/** False where a text with these signs and blanks cannot follow a format; quicker than trying it. */
export function mayFollow(format: string, marks: string): boolean {
  let own = marksOfFormat.get(format)
  if (own === undefined) {
    own = marksOf(format)
    marksOfFormat.set(format, own)
  }
  if (!format.endsWith('%z')) return own === marks
  const zone = marks.slice(own.length)
  return marks.startsWith(own) && (zone.startsWith('+') || zone.startsWith('-'))
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The format of the day alone in a format of days and times; undefined where there is no time, or no day. */
export function dayOf(format: string): string | undefined {
  return DAYS.find((day) => format.length > day.length && format.startsWith(day) && /^(?:T|,? )%[HI]/.test(format.slice(day.length)))
}

/** True for a format without a day: a time alone is read as a moment of 1 January 1900. */
export function isTimeOfDay(format: string): boolean {
  return TIMES_OF_DAY.includes(format)
}

/** The format with day and month exchanged. */
export function swapDayAndMonth(format: string): string {
  return format.replaceAll(/%[dm]/g, (part) => (part === '%d' ? '%m' : '%d'))
}
