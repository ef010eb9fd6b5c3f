import { z } from 'zod'

/**
 * How the numbers of a column are written, where it is not the plain way (`-1234.5`, `1e6`): the decimal mark, the mark
 * between thousands, and what stands beside every number.
 */
export const numberFormatSchema = z.object({
  decimal: z.enum(['.', ',']),
  /** Mark between thousands; a space stands for any kind of space, `'` for any kind of apostrophe. */
  group: z.enum(['', ',', '.', ' ', "'"]),
  /** Currency before or after the numbers, as the cells write it. */
  currency: z.string().optional(),
  /** Unit behind the numbers, as the cells write it. `12.5 %` is 12.5 of the unit `%`. */
  unit: z.string().optional(),
})

/** How the numbers of a column are written. */
export type NumberFormat = z.infer<typeof numberFormatSchema>

const SPACE = '[ \\x{a0}\\x{2009}\\x{202f}]'
const MINUS = '[-\\x{2212}]'

const GROUP_MARKS: Readonly<Record<NumberFormat['group'], string>> = { '': '', ',': ',', '.': '[.]', ' ': SPACE, "'": "['\\x{2019}]" }

/** Regular expression (RE2) of the mark between thousands; empty where there is none. */
export function groupMark({ group }: Pick<NumberFormat, 'group'>): string {
  return GROUP_MARKS[group]
}

/** Regular expression (RE2) of the digits of a number with its marks, without sign, currency and unit. */
export function digitsPattern({ decimal, group }: Pick<NumberFormat, 'decimal' | 'group'>): string {
  const point = decimal === '.' ? '[.]' : ','
  const plain = `(?:[0-9]+(?:${point}[0-9]*)?|${point}[0-9]+)(?:[eE][-+]?[0-9]+)?`
  if (group === '') return plain
  const mark = groupMark({ group })
  // Groups of two are how India writes a lakh: 12,34,567.
  const grouped = group === ',' ? `[1-9][0-9]{0,2}(?:${mark}[0-9]{2,3})*${mark}[0-9]{3}` : `[1-9][0-9]{0,2}(?:${mark}[0-9]{3})+`
  return `(?:${grouped}(?:${point}[0-9]*)?|${plain})`
}

/**
 * Regular expression (RE2) of a whole trimmed cell; its only group is the digits with their marks. Negative numbers carry
 * a minus before or behind, or stand in parentheses.
 */
export function numberPattern(format: NumberFormat): string {
  const currency = format.currency === undefined ? '' : `(?:${quoted(format.currency)})?`
  const unit = format.unit === undefined ? '' : `(?:${quoted(format.unit)})?`
  const gap = `${SPACE}*`
  return `^[(]?${gap}(?:[+]|${MINUS})?${gap}${currency}${gap}(?:[+]|${MINUS})?${gap}(${digitsPattern(format)})${gap}${unit}${currency}${gap}${MINUS}?${gap}[)]?$`
}

/** Regular expression (RE2) of the cells that are negative, among those of `numberPattern`. */
export const NEGATIVE_PATTERN = `^[^0-9]*(?:[(]|${MINUS})|${MINUS}${SPACE}*[)]?$`

/** A number read from a trimmed cell; undefined where the cell does not follow the format. */
export function parseNumber(text: string, format: NumberFormat): number | undefined {
  const digits = javaScript(numberPattern(format)).exec(text)?.[1]
  if (digits === undefined) return undefined
  const marks = groupMark(format)
  const ungrouped = marks === '' ? digits : digits.replaceAll(javaScript(marks, 'gu'), '')
  const value = Number(format.decimal === ',' ? ungrouped.replace(',', '.') : ungrouped)
  return javaScript(NEGATIVE_PATTERN).test(text) ? -value : value
}

/** What a format looks like, e.g. `1.234,56 €`. */
export function showNumberFormat({ decimal, group, currency, unit }: NumberFormat): string {
  return [`${currency ?? ''}1${group}234${decimal}5`, ...(unit === undefined ? [] : [unit])].join(' ')
}

const compiled = new Map<string, RegExp>()

/** An RE2 pattern as JavaScript writes it. */
function javaScript(pattern: string, flags = 'u'): RegExp {
  const key = `${flags} ${pattern}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const made = new RegExp(pattern.replaceAll(/\\x\{([0-9a-f]+)\}/g, '\\u{$1}'), flags)
  if (compiled.size < 1000) compiled.set(key, made)
  return made
}

function quoted(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
