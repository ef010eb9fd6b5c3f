import { FORMAT_OR } from './cell.ts'
import { DATE_FORMATS, dayOf, marksOf, mayFollow, swapDayAndMonth, yearBy } from './date-formats.ts'

/** What a column of texts says about its dates. */
export type DateReading =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'format'
      readonly format: string
      /** Rows that it reads. */
      readonly count: number
      /** Where day and month exchanged read every cell too: that format. */
      readonly other: string | undefined
      readonly firstYear: number
      readonly lastYear: number
    }

/** Finds the one strptime format that reads the dates of a column. */
export type DateReadings = {
  /** Takes a trimmed cell that `count` rows hold; false where it is no date in any known format. */
  add(text: string, count: number): boolean
  /** The format that reads most cells; of two with day and month exchanged, `dayFirst` says which. */
  decide(dayFirst: boolean | undefined): DateReading
}

/** Shapes that are remembered: prose has no end of them, dates few. */
const MAX_SHAPES = 500
/** Marks and digits of dates, in runs that a date may have. */
const MAY_BE_DATE = /^[\dA-Za-z](?:[\dA-Za-z ,.:/+-])*$/
const TOO_MANY_DIGITS = /\d{10}/
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august september october november december'
const DAYS = 'mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday'
/** Every word that a date may hold; a text with another is none. */
const WORDS = new Set(`${MONTHS} ${DAYS} t z am pm utc gmt`.split(' '))

type Count = { cells: number; firstYear: number; lastYear: number }

/** Cells of equal shape (digits, letters and marks at the same places) are tried with the same formats. */
const formatsOfShape = new Map<string, readonly string[]>()

/** Looks for the format of a column's dates, cell by cell; nothing is taken yet. */
export function createDateReadings(): DateReadings {
  const counts = new Map<string, Count>()
  return {
    add(text, count) {
      if (text.length < 4 || text.length > 40 || !mayBeDate(text)) return false
      let isDate = false
      for (const format of candidates(text)) {
        const year = yearBy(format, text)
        if (year === undefined) continue
        isDate = true
        const known = counts.get(format)
        if (known === undefined) counts.set(format, { cells: count, firstYear: year, lastYear: year })
        else {
          known.cells += count
          known.firstYear = Math.min(known.firstYear, year)
          known.lastYear = Math.max(known.lastYear, year)
        }
      }
      return isDate
    },
    decide: (dayFirst) => decide(counts, dayFirst),
  }
}

function decide(counts: ReadonlyMap<string, Count>, dayFirst: boolean | undefined): DateReading {
  const ranked = [...counts].toSorted(([a, m], [b, n]) => n.cells - m.cells || DATE_FORMATS.indexOf(a) - DATE_FORMATS.indexOf(b))
  const [first] = ranked
  if (first === undefined) return { kind: 'none' }
  // Of days alone and moments of the same days, moments say more.
  const best = ranked.find(([format]) => dayOf(format) === first[0]) ?? first
  const swapped = swapDayAndMonth(best[0])
  const rival = swapped === best[0] ? undefined : ranked.find(([format, { cells }]) => format === swapped && cells === best[1].cells)
  const [format, count] = rival !== undefined && dayFirst !== undefined && isDayFirst(rival[0]) === dayFirst ? rival : best
  return withDays({ kind: 'format', format, count: count.cells, other: rival === undefined ? undefined : swapDayAndMonth(format), firstYear: count.firstYear, lastYear: count.lastYear }, counts)
}

/** Moments of which some are days alone, written alike, are read by two formats. */
function withDays(reading: Extract<DateReading, { kind: 'format' }>, counts: ReadonlyMap<string, Count>): DateReading {
  const day = dayOf(reading.format)
  const days = day === undefined ? undefined : counts.get(day)
  if (day === undefined || days === undefined) return reading
  return {
    ...reading,
    format: `${reading.format}${FORMAT_OR}${day}`,
    other: reading.other === undefined ? undefined : swapDayAndMonth(`${reading.format}${FORMAT_OR}${day}`),
    count: reading.count + days.cells,
    firstYear: Math.min(reading.firstYear, days.firstYear),
    lastYear: Math.max(reading.lastYear, days.lastYear),
  }
}

/** True where the day stands before the month. */
export function isDayFirst(format: string): boolean {
  return format.indexOf('%d') < format.indexOf('%m')
}

function mayBeDate(text: string): boolean {
  if (!MAY_BE_DATE.test(text) || TOO_MANY_DIGITS.test(text)) return false
  for (const word of text.match(/[A-Za-z]+/g) ?? []) if (!WORDS.has(word.toLowerCase())) return false
  return /\d/.test(text)
}

function candidates(text: string): readonly string[] {
  const shape = text.replaceAll(/\d/g, '9').replaceAll(/[A-Za-z]+/g, (word) => (word === 'T' || word === 'Z' ? word : word.toLowerCase()))
  const known = formatsOfShape.get(shape)
  if (known !== undefined) return known
  // Which digits stand there must not matter: a shape is tried with small ones, that any part may have.
  const probe = shape.replaceAll('9', '1')
  const marks = marksOf(shape)
  const found = DATE_FORMATS.filter((format) => mayFollow(format, marks) && yearBy(format, probe) !== undefined)
  if (formatsOfShape.size < MAX_SHAPES) formatsOfShape.set(shape, found)
  return found
}
