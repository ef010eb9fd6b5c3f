import type { ColumnType } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DateReading } from './date-formats.ts'

/** A type with why it was chosen, in words. */
export type TypeGuess = { readonly type: ColumnType; readonly reason: string; readonly format?: string }

const TRUE_FALSE: readonly (readonly [string, string])[] = [['0', '1'], ['no', 'yes'], ['n', 'y'], ['false', 'true'], ['f', 't'], ['off', 'on']]

/** True where every value is a number or a token that means "no value" among numbers. */
export function readsAsNumbers(facts: ColumnFacts): boolean {
  return facts.numbers > 0 && facts.numbers - facts.infinite > 0 && facts.numbers + facts.conditional === facts.values
}

/** The type of a column from the counts over all its rows, its values where they are two, and what its dates say. */
export function guessType(facts: ColumnFacts, distinctTexts: readonly string[], dates: DateReading): TypeGuess {
  if (facts.values === 0) return { type: 'category', reason: 'every cell is empty' }
  if (facts.moment) return { type: 'datetime', reason: 'stored as dates' }
  if (isTrueFalse(distinctTexts)) return { type: 'boolean', reason: `two values, ${distinctTexts.join(' and ')}` }
  if (readsAsNumbers(facts)) return guessNumber(facts)
  if (dates.kind === 'format') return { type: 'datetime', reason: `every value is a date (${dates.format})`, format: dates.format }
  if (dates.kind === 'ambiguous') return { type: 'category', reason: `dates, but ${dates.formats.join(' and ')} both fit` }
  const words = facts.words ?? 1
  const varied = facts.distinct > facts.values * 0.5 && facts.distinct > 20
  if ((words >= 3 && varied) || ((facts.longest ?? 0) > 100 && words >= 5)) {
    return { type: 'text', reason: `${words.toFixed(0)} words per cell on average, most cells differ` }
  }
  return { type: 'category', reason: 'text, neither numbers nor dates' }
}

function guessNumber(facts: ColumnFacts): TypeGuess {
  if (facts.leadingZeros > 0) return { type: 'category', reason: 'digits with leading zeros are codes, not quantities' }
  if (facts.hugeIntegers > 0) return { type: 'category', reason: 'integers too long to be quantities' }
  const finite = facts.numbers - facts.infinite
  if (facts.integers === finite) return { type: 'integer', reason: 'every value is a whole number' }
  return { type: 'decimal', reason: 'every value is a number' }
}

function isTrueFalse(texts: readonly string[]): boolean {
  const pair = texts.map((text) => text.toLowerCase()).toSorted()
  return texts.length === 2 && TRUE_FALSE.some(([no, yes]) => no === pair[0] && yes === pair[1])
}
