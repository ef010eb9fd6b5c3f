import { z } from 'zod'
import type { CategoryColumn, Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'

const params = z.strictObject({})
const fitted = z.object({})

/** Characters of a text that are looked at. */
const LONGEST = 200_000

function count(text: string, pattern: RegExp): number {
  let found = 0
  for (const _ of text.matchAll(pattern)) found++
  return found
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Name and measure of each column; all finite, 0 for an empty text. Lengths on a logarithmic scale: ln(1 + n). */
const MEASURES: readonly (readonly [name: string, of: (text: string) => number])[] = [
  ['length', (text) => Math.log1p(text.length)],
  ['words', (text) => Math.log1p(count(text, /[\p{L}\p{M}\p{N}_]+/gu))],
  ['digits', (text) => share(count(text, /\p{Nd}/gu), text.length)],
  ['capitals', (text) => share(count(text, /\p{Lu}/gu), text.length)],
  ['punctuation', (text) => share(count(text, /\p{P}/gu), text.length)],
  ['exclamation and question marks', (text) => Math.log1p(count(text, /[!?！？¡¿]/gu))],
  ['links', (text) => Math.log1p(count(text, /https?:\/\/|www\.|\b[\w-]+\.(?:com|net|org|info|co\.\w\w)\b/giu))],
  ['currency marks', (text) => Math.log1p(count(text, /\p{Sc}/gu))],
  ['long numbers', (text) => Math.log1p(count(text, /\d{5,}/gu))],
]

function columns(column: CategoryColumn): Column[] {
  const made = MEASURES.map(([name]) => ({ kind: 'number' as const, name: `${column.name} (${name})`, values: new Float64Array(column.codes.length).fill(Number.NaN) }))
  const measured = new Map<number, readonly number[]>()
  for (let i = 0; i < column.codes.length; i++) {
    const code = column.codes[i] as number
    if (code < 0) continue
    let found = measured.get(code)
    if (found === undefined) {
      const text = (column.categories[code] as string).slice(0, LONGEST)
      found = MEASURES.map(([, measure]) => measure(text))
      measured.set(code, found)
    }
    for (let m = 0; m < found.length; m++) (made[m] as (typeof made)[number]).values[i] = found[m] as number
  }
  return made
}

/** A few numbers about the look of a text, whatever its language. Missing where there is no text. */
export const textStatistics = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'text-statistics',
  version: 1,
  label: 'Look of a text',
  help: 'Length, words, shares of digits, capitals and punctuation, and counts of links, currency marks and long numbers.',
  takes: 'category',
  makes: 'number',
  params,
  fitted,
  fit: () => ({}),
  apply: (column) => columns(asCategories(column)),
  describe: () => `its ${MEASURES.slice(0, -1).map(([name]) => name).join(', ')} and ${MEASURES.at(-1)?.[0] ?? ''}`,
})
