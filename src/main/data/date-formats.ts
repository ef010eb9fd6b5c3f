import { z } from 'zod'
import type { DataEngine } from './engine.ts'
import { isOneOf, quoteLiteral } from './sql-text.ts'

const DATES = ['%Y-%m-%d', '%Y/%m/%d', '%d.%m.%Y', '%d/%m/%Y', '%m/%d/%Y', '%d-%m-%Y', '%m-%d-%Y', '%d-%b-%Y', '%d %b %Y', '%d %B %Y', '%b %d, %Y', '%B %d, %Y', '%Y-%m', '%d/%m/%y', '%m/%d/%y', '%d.%m.%y']
const TIMES = ['', ' %H:%M', ' %H:%M:%S', ' %H:%M:%S.%f', 'T%H:%M', 'T%H:%M:%S', 'T%H:%M:%S.%f', 'T%H:%M:%SZ', 'T%H:%M:%S.%fZ', ' %I:%M %p', ' %I:%M:%S %p']

/** Formats that are tried, most common first. */
export const DATE_FORMATS: readonly string[] = TIMES.flatMap((time) => DATES.filter((date) => time === '' || date !== '%Y-%m').map((date) => date + time))

/** What a column of texts says about its dates. */
export type DateReading = { readonly kind: 'none' } | { readonly kind: 'format'; readonly format: string } | { readonly kind: 'ambiguous'; readonly formats: readonly string[] }

/**
 * The one strptime format that reads every value of a column (an SQL expression over `from`, NULL where missing); tokens
 * in `ignored` do not count. Where both day/month and month/day read every value, the column is ambiguous.
 */
export async function findDateFormat(engine: DataEngine, from: string, value: string, ignored: readonly string[]): Promise<DateReading> {
  const wanted = `(SELECT ${value} AS v FROM ${from})`
  const where = `v IS NOT NULL AND NOT ${isOneOf('v', ignored)}`
  const sample = await engine.rows(`SELECT v FROM ${wanted} WHERE ${where} LIMIT 50`, z.object({ v: z.string() }))
  if (sample.length === 0 || !sample.every(({ v }) => /^\d.*\d|^[A-Z][a-z]{2,8} \d/.test(v) && v.length >= 6 && v.length <= 40)) return { kind: 'none' }
  const texts = sample.map(({ v }) => v)
  const likely = await readable(engine, `(SELECT unnest([${texts.map(quoteLiteral).join(', ')}]) AS v)`, 'true', DATE_FORMATS)
  const formats = await readable(engine, wanted, where, likely)
  const [first] = formats
  if (first === undefined) return { kind: 'none' }
  const sameMoment = formats.filter((format) => swapped(first) === format)
  return sameMoment.length > 0 ? { kind: 'ambiguous', formats: [first, ...sameMoment] } : { kind: 'format', format: first }
}

/** Those of `formats` that read every value. */
async function readable(engine: DataEngine, from: string, where: string, formats: readonly string[]): Promise<string[]> {
  if (formats.length === 0) return []
  const tests = formats.map((format, index) => `count(*) FILTER (try_strptime(v, ${quoteLiteral(format)}) IS NULL) AS n${index}`)
  const [row] = await engine.rows(`SELECT ${tests.join(', ')} FROM ${from} WHERE ${where}`, z.record(z.string(), z.number()))
  return formats.filter((_, index) => row?.[`n${index}`] === 0)
}

/** The format with day and month exchanged. */
function swapped(format: string): string {
  return format.replaceAll(/%[dm]/g, (part) => (part === '%d' ? '%m' : '%d'))
}
