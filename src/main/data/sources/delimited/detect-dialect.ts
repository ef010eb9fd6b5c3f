import { cellShape } from './cell-shape.ts'
import { splitRecords, type Separators, type TextRecord } from './split-fields.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const
const SAMPLE_RECORDS = 500

/**
 * Delimiter and quote of a delimited text, from a sample of its beginning: the pair under which the lines have the most
 * regular number of fields and the cells look most like values. Scored as in G.J.J. van den Burg, A. Nazábal, C. Sutton,
 * "Wrangling messy CSV files by detecting row and type patterns" (2019). Quotes are `"`, unless single quotes enclose the
 * delimiter itself or `"` is never closed.
 */
export function detectDialect(sample: string, cut: boolean, known: Partial<Separators> = {}): Separators {
  const delimiters = known.delimiter === undefined ? [...DELIMITERS] : [known.delimiter]
  const quotes = known.quote === undefined ? ['"', "'", ''] : [known.quote]
  let best: { readonly separators: Separators; readonly score: number } | undefined
  for (const quote of quotes) {
    for (const delimiter of delimiters) {
      const separators = { delimiter, quote }
      const records = splitRecords(sample, separators, { limit: SAMPLE_RECORDS, cut })
      if (records === null) continue
      if (known.quote === undefined && quote === "'" && !singleQuotesEnclose(records, delimiter)) continue
      if (known.quote === undefined && quote === '' && !quotesAreBroken(sample, delimiter, cut)) continue
      const score = regularity(records) * valueLikeness(records, delimiter) * quoteSoundness(records)
      if (best === undefined || score > best.score * 1.0001) best = { separators, score }
    }
  }
  return best?.separators ?? { delimiter: known.delimiter ?? ',', quote: known.quote ?? '"' }
}

/** Mean over row patterns (numbers of fields) of how often they occur times (fields − 1) / fields. */
function regularity(records: readonly TextRecord[]): number {
  const occurrences = new Map<number, number>()
  for (const { fields } of records) occurrences.set(fields.length, (occurrences.get(fields.length) ?? 0) + 1)
  let sum = 0
  for (const [fields, count] of occurrences) sum += (count * Math.max(0.001, fields - 1)) / fields
  return sum / Math.max(1, occurrences.size)
}

/** Share of cells that read as one value: numbers, moments, missing, or text without another delimiter in it. */
function valueLikeness(records: readonly TextRecord[], delimiter: string): number {
  let cells = 0
  let good = 0
  for (const { fields, quoted } of records) {
    fields.forEach((field, index) => {
      cells++
      if (quoted[index] === true || cellShape(field) !== 'text' || !hasOther(field, delimiter)) good++
    })
  }
  return cells === 0 ? 0 : Math.max(1e-10, good / cells)
}

/** 1 where every quoted field is closed properly; falls quickly where text follows closing quotes, as in prose that is not quoted at all. */
function quoteSoundness(records: readonly TextRecord[]): number {
  let sound = 0
  let broken = 0
  for (const record of records) {
    sound += record.quoted.filter(Boolean).length
    broken += record.brokenQuotes
  }
  return broken === 0 ? 1 : Math.max(1e-10, sound / (sound + 10 * broken))
}

function hasOther(field: string, delimiter: string): boolean {
  return field.includes('"') || DELIMITERS.some((other) => other !== delimiter && field.includes(other))
}

/** True where `"` cannot be what encloses cells: it is not closed, or text follows where it is. */
function quotesAreBroken(sample: string, delimiter: string, cut: boolean): boolean {
  const records = splitRecords(sample, { delimiter, quote: '"' }, { limit: SAMPLE_RECORDS, cut })
  return records === null || records.some((record) => record.brokenQuotes > 0)
}

/** Single quotes count only where they clearly quote: several fields in them hold the delimiter. */
function singleQuotesEnclose(records: readonly TextRecord[], delimiter: string): boolean {
  let enclosing = 0
  for (const { fields, quoted } of records) enclosing += fields.filter((field, index) => quoted[index] === true && field.includes(delimiter)).length
  return enclosing >= Math.min(2, records.length)
}
