import { showNumberFormat, type NumberFormat } from '#shared/domain/number-format.ts'
import type { ColumnType } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DateReading } from './date-readings.ts'
import { isTimeOfDay } from './date-formats.ts'
import type { NumberDecision } from './number-readings.ts'
import { STRAY_LIMIT } from './text-tally.ts'

/** A type with why it was chosen, in words. */
export type TypeGuess = {
  readonly type: ColumnType
  readonly reason: string
  readonly format?: string
  readonly numberFormat?: NumberFormat
  /** Values that are not of the type; they are taken as missing. */
  readonly strays?: ReadonlyMap<string, number>
}

/** What the texts of a column read as. */
export type Readings = {
  readonly dates: DateReading
  /** How its numbers are written, where not the plain way. */
  readonly numbers: NumberDecision | undefined
  /** Its two values, where it has two. */
  readonly pair: readonly string[]
}

const TRUE_FALSE: readonly (readonly [string, string])[] = [['0', '1'], ['no', 'yes'], ['n', 'y'], ['false', 'true'], ['f', 't'], ['off', 'on']]
/** A column is read by what most of its values are where the others are fewer than this share, and few different ones. */
const STRAY_SHARE = 0.05
const MANY_VALUES = 20
const MANY_DISTINCT = 20

/** The type of a column from the counts over all its rows and what its texts read as. */
export function guessType(facts: ColumnFacts, { dates, numbers, pair }: Readings): TypeGuess {
  if (facts.values === 0) return { type: 'category', reason: 'every cell is empty' }
  if (isTrueFalse(pair)) return { type: 'boolean', reason: `two values, ${pair.join(' and ')}` }
  const moments = guessMoment(facts, dates)
  if (moments !== undefined) return moments
  const number = guessNumber(facts, numbers)
  if (number !== undefined) return number
  const words = facts.words ?? 1
  const varied = facts.distinct > facts.values * 0.5 && facts.distinct > 20
  if ((words >= 3 && varied) || ((facts.longest ?? 0) > 100 && words >= 5)) {
    return { type: 'text', reason: `${words.toFixed(0)} words per cell on average, most cells differ` }
  }
  return { type: 'category', reason: 'text, neither numbers nor dates' }
}

function guessMoment(facts: ColumnFacts, dates: DateReading): TypeGuess | undefined {
  if (facts.moment) return { type: 'datetime', reason: dates.kind === 'format' ? dateReason(dates.format) : 'stored as dates', ...(dates.kind === 'format' ? { format: dates.format } : {}) }
  if (dates.kind === 'none') return undefined
  const strays = strayValues(facts, dates.count)
  if (strays === undefined) return undefined
  // Eight digits are a date only where all of them are, and of our age.
  const isDigits = facts.numbers > 0
  if (isDigits && (facts.numbers !== dates.count || strays.size > 0 || dates.firstYear < 1900 || dates.lastYear > 2100)) return undefined
  return { type: 'datetime', reason: dateReason(dates.format), format: dates.format, strays }
}

function dateReason(format: string): string {
  return isTimeOfDay(format) ? `every value is a time of day (${format})` : `every value is a date (${format})`
}

function guessNumber(facts: ColumnFacts, numbers: NumberDecision | undefined): TypeGuess | undefined {
  const formatted = facts.tally?.counts.formatted ?? 0
  if (facts.numbers - facts.infinite + formatted <= 0 || (formatted > 0 && numbers === undefined)) return undefined
  const strays = strayValues(facts, facts.numbers + formatted)
  if (strays === undefined) return undefined
  if (facts.leadingZeros > 0) return { type: 'category', reason: 'digits with leading zeros are codes, not quantities' }
  if (facts.hugeIntegers > 0) return { type: 'category', reason: 'integers too long to be quantities' }
  const numberFormat = numbers === undefined || isPlain(numbers.format, formatted) ? undefined : numbers.format
  const whole = numberFormat === undefined ? facts.integers === facts.numbers - facts.infinite : numbers?.whole === true
  const most = strays.size > 0 ? 'nearly every value' : 'every value'
  const like = numberFormat === undefined ? '' : `, written like ${showNumberFormat(numberFormat)}`
  return { type: whole ? 'integer' : 'decimal', reason: `${most} is a ${whole ? 'whole ' : ''}number${like}`, ...(numberFormat === undefined ? {} : { numberFormat }), strays }
}

/** True where the plain reading of numbers does: no marks, nothing beside them, and no cell in another way. */
export function isPlain(format: NumberFormat, formatted: number): boolean {
  return formatted === 0 && format.decimal === '.' && format.group === ''
}

/**
 * The values beside the `fitting` ones; undefined where they are too many to be slips. A token that means "no value" among
 * numbers is none.
 */
function strayValues(facts: ColumnFacts, fitting: number): ReadonlyMap<string, number> | undefined {
  const others = facts.values - fitting - facts.conditional
  if (others === 0) return new Map()
  const strays = facts.tally?.strays ?? new Map<string, number>()
  const listed = [...strays.values()].reduce((sum, count) => sum + count, 0)
  const few = facts.values >= MANY_VALUES && others < facts.values * STRAY_SHARE && strays.size <= STRAY_LIMIT && facts.distinct > MANY_DISTINCT
  return few && listed === others ? strays : undefined
}

function isTrueFalse(texts: readonly string[]): boolean {
  const pair = texts.map((text) => text.toLowerCase()).toSorted()
  return texts.length === 2 && TRUE_FALSE.some(([no, yes]) => no === pair[0] && yes === pair[1])
}
