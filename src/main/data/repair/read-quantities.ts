import type { CountedText } from './column-texts.ts'
import { quantityPattern, unitKey } from './kinds/quantity.ts'
import { findUnit, type Unit } from './units.ts'

/** What the values of a column say as quantities. */
export type Quantities = {
  readonly decimal: '.' | ','
  /** Rows by suffix as `unitKey` gives it; '' for numbers alone. */
  readonly suffixes: ReadonlyMap<string, number>
  /** Known units by suffix. */
  readonly units: ReadonlyMap<string, Unit>
  /** Known units of one family that occur, most frequent first. */
  readonly members: readonly Unit[]
  readonly family: readonly Unit[] | undefined
  /** Rows that read as quantities, and the values that do not. */
  readonly rows: number
  readonly unread: readonly CountedText[]
  /** True where words or units stand beside some number. */
  readonly worded: boolean
  /** True where every number is written without a fraction. */
  readonly whole: boolean
  /** True where numbers begin with zeros: codes and not quantities. */
  readonly coded: boolean
}

/** Suffixes that make another thing of a number: ranks, times of day. */
const NO_UNIT = new Set(['st', 'nd', 'rd', 'th', 'am', 'pm', 'a.m.', 'p.m.', 'bc', 'ad', '%'])

/**
 * Values read as numbers with words and units. Units count where they are known, or where all values share one word behind a
 * space ("3 rooms"); anything else ("12a", "3rd") is no quantity. Values of two families ("5 kg", "5 m") are none either.
 */
export function readQuantities(values: readonly CountedText[]): Quantities {
  const decimal = values.some(({ text }) => !new RegExp(quantityPattern('.'), 'i').test(text) && new RegExp(quantityPattern(','), 'i').test(text)) ? ',' : '.'
  const pattern = new RegExp(quantityPattern(decimal), 'i')
  const parsed = values.map((value) => {
    const [, number, suffix] = pattern.exec(value.text) ?? []
    return { value, number, suffix: suffix?.trim() ?? '', spaced: suffix !== undefined && /\s/.test(value.text.at(-suffix.length - 1) ?? '') }
  })
  const word = sharedWord(parsed.filter(({ number, suffix }) => number !== undefined && suffix !== ''))
  const families = new Map<readonly Unit[], number>()
  for (const { number, suffix, value } of parsed) {
    const known = number === undefined ? undefined : findUnit(suffix)
    if (known !== undefined) families.set(known.family, (families.get(known.family) ?? 0) + value.rows)
  }
  const [family] = [...families].toSorted((a, b) => b[1] - a[1])[0] ?? []
  const suffixes = new Map<string, number>()
  const units = new Map<string, Unit>()
  const byUnit = new Map<Unit, number>()
  const unread: CountedText[] = []
  let [rows, worded, whole, coded] = [0, false, true, false]
  for (const { value, number, suffix } of parsed) {
    const known = findUnit(suffix)
    const readable = number !== undefined && (suffix === '' || known?.family === family && known !== undefined || (family === undefined && word?.(suffix) === true))
    if (!readable) {
      unread.push(value)
      continue
    }
    rows += value.rows
    worded ||= value.text !== number
    whole &&= /^[-+]?[0-9]+$/.test(number)
    coded ||= /^[-+]?0[0-9]/.test(number)
    suffixes.set(unitKey(suffix), (suffixes.get(unitKey(suffix)) ?? 0) + value.rows)
    if (known === undefined || suffix === '') continue
    units.set(unitKey(suffix), known.member)
    byUnit.set(known.member, (byUnit.get(known.member) ?? 0) + value.rows)
  }
  const members = [...byUnit].toSorted((a, b) => b[1] - a[1] || a[0].name.localeCompare(b[0].name)).map(([member]) => member)
  return { decimal, suffixes, units, members, family, rows, unread, worded, whole, coded }
}

/** Tells the one word that all suffixes are, but for a plural s; undefined where they differ or touch the number. */
function sharedWord(parsed: readonly { readonly suffix: string; readonly spaced: boolean }[]): ((suffix: string) => boolean) | undefined {
  const stem = (suffix: string): string => suffix.toLowerCase().replace(/s$/, '')
  const [first] = parsed
  if (first === undefined || !/^\p{L}[\p{L} ]+$/u.test(first.suffix) || NO_UNIT.has(first.suffix.toLowerCase())) return undefined
  const word = stem(first.suffix)
  return parsed.every(({ suffix, spaced }) => spaced && stem(suffix) === word) ? (suffix) => stem(suffix) === word : undefined
}
