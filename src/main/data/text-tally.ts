import { createDateReadings, type DateReadings } from './date-readings.ts'
import { ALWAYS_MISSING, MISSING_AMONG_NUMBERS } from './missing-tokens.ts'
import { createNumberReadings, type NumberReadings } from './number-readings.ts'

/** The distinct values of one end of a column's numbers: the outermost, how many rows hold it, and the next. */
export type Edge = { value: number; count: number; next: number }

/** What the texts of a column are, counted cell by cell. */
export type TextTally = {
  /** Takes a cell that `count` rows hold. */
  add(cell: string | null, count: number): void
  readonly counts: TextCounts
  readonly numbers: NumberReadings
  readonly dates: DateReadings
  /** Texts that mean "no value", with how many rows hold each. */
  readonly tokens: ReadonlyMap<string, number>
  /** Values by themselves, trimmed, with how many rows hold each, while they are few; undefined beyond `DISTINCT_LIMIT`. */
  distinct(): ReadonlyMap<string, number> | undefined
  /** Values that are neither numbers nor dates, with how many rows hold each; at most `STRAY_LIMIT` of them. */
  readonly strays: ReadonlyMap<string, number>
  readonly low: Edge
  readonly high: Edge
}

/** Counts of rows; `ColumnFacts` says what each means. */
export type TextCounts = {
  blank: number
  padded: number
  always: number
  custom: number
  conditional: number
  values: number
  numbers: number
  infinite: number
  integers: number
  hugeIntegers: number
  leadingZeros: number
  /** Numbers that are not written the plain way: 1.234,5 or 12 %. */
  formatted: number
  /** Values that are dates in some format. */
  dates: number
  words: number
  shortest: number
  longest: number
}

/** Distinct values that are held by themselves. */
export const DISTINCT_LIMIT = 20_000
/** Values that are neither numbers nor dates are listed up to this many. */
export const STRAY_LIMIT = 20

const PLAIN_NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
const CANONICAL_INTEGER = /^(?:0|-?[1-9]\d*)$/
const INFINITY = /^[-+]?inf(?:inity)?$/i
const always = new Set(ALWAYS_MISSING)
const amongNumbers = new Set(MISSING_AMONG_NUMBERS)

/** Counts the texts of a column; `missing` are further texts that mean "no value" in it, as text or as number. */
export function createTextTally(missing: readonly string[] = [], distinctLimit = DISTINCT_LIMIT): TextTally {
  const counts: TextCounts = {
    ...{ blank: 0, padded: 0, always: 0, custom: 0, conditional: 0, values: 0, numbers: 0, infinite: 0, integers: 0, hugeIntegers: 0 },
    ...{ leadingZeros: 0, formatted: 0, dates: 0, words: 0, shortest: Number.POSITIVE_INFINITY, longest: 0 },
  }
  const numbers = createNumberReadings()
  const dates = createDateReadings()
  const tokens = new Map<string, number>()
  const strays = new Map<string, number>()
  const [low, high] = [noEdge(-1), noEdge(1)]
  const distinct = new Map<string, number>()
  const custom = missingValues(missing)
  const token = (text: string, count: number): void => {
    tokens.set(text, (tokens.get(text) ?? 0) + count)
  }

  function addNumber(text: string, count: number): boolean {
    const number = Number(text)
    if (!Number.isFinite(number)) return false
    counts.numbers += count
    numbers.addPlain(text, count)
    if (CANONICAL_INTEGER.test(text) && Number.isSafeInteger(number)) counts.integers += count
    else if (Math.abs(number) >= 2 ** 53 && /^[-+]?\d+$/.test(text)) counts.hugeIntegers += count
    else if (/^-?0\d+$/.test(text)) counts.leadingZeros += count
    if (text.length === 8 && dates.add(text, count)) counts.dates += count
    widen(low, number, count, -1)
    widen(high, number, count, 1)
    return true
  }

  function addValue(text: string, count: number): void {
    counts.values += count
    counts.shortest = Math.min(counts.shortest, text.length)
    counts.longest = Math.max(counts.longest, text.length)
    const seen = distinct.get(text)
    if (seen !== undefined || distinct.size <= distinctLimit) distinct.set(text, (seen ?? 0) + count)
    if (PLAIN_NUMBER.test(text) && addNumber(text, count)) {
      counts.words += count
    } else if (INFINITY.test(text)) {
      counts.words += count
      counts.numbers += count
      counts.infinite += count
      token(text, count)
    } else {
      counts.words += count * wordsOf(text)
      if (amongNumbers.has(text)) {
        counts.conditional += count
        token(text, count)
        return
      }
      const isNumber = hasDigit(text) && text.length <= 40 && numbers.add(text, count)
      const isDate = dates.add(text, count)
      if (isNumber) counts.formatted += count
      if (isDate) counts.dates += count
      if (!isNumber && !isDate && (strays.size <= STRAY_LIMIT || strays.has(text))) strays.set(text, (strays.get(text) ?? 0) + count)
    }
  }

  return {
    ...{ counts, numbers, dates, tokens, strays, low, high },
    distinct: () => (distinct.size > distinctLimit ? undefined : distinct),
    add(cell, count) {
      const text = cell?.trim() ?? ''
      if (cell !== null && cell !== text) counts.padded += count
      if (text === '') counts.blank += count
      else if (always.has(text)) {
        counts.always += count
        token(text, count)
      } else if (custom(text)) {
        counts.custom += count
        token(text, count)
      } else addValue(text, count)
    },
  }
}

/** True for texts that are one of `missing`, or the same number. */
function missingValues(missing: readonly string[]): (text: string) => boolean {
  const texts = new Set(missing)
  const numbers = new Set(missing.map(Number).filter(Number.isFinite))
  if (numbers.size === 0) return texts.size === 0 ? () => false : (text) => texts.has(text)
  return (text) => texts.has(text) || (PLAIN_NUMBER.test(text) && numbers.has(Number(text)))
}

/** The edge of no numbers: of the smallest (`direction` −1) or of the largest. */
export function noEdge(direction: 1 | -1): Edge {
  const beyond = direction * Number.NEGATIVE_INFINITY
  return { value: beyond, count: 0, next: beyond }
}

/** Moves an edge outwards (`direction` −1: to smaller numbers) where `value` lies beyond it. */
export function widen(edge: Edge, value: number, count: number, direction: 1 | -1): void {
  if (value === edge.value) edge.count += count
  else if ((value - edge.value) * direction > 0) {
    if (edge.count > 0) edge.next = edge.value
    edge.value = value
    edge.count = count
  } else if ((value - edge.next) * direction > 0) edge.next = value
}

function hasDigit(text: string): boolean {
  return /\d/.test(text)
}

function wordsOf(text: string): number {
  let words = 1
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words++
  return words
}
