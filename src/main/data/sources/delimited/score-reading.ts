import { cellShape } from './cell-shape.ts'
import type { TextRecord } from './split-fields.ts'

/** The delimiters that tables mostly have, the likeliest first. */
export const usualDelimiters = [',', ';', '\t', '|'] as const

/**
 * How much records look like a table: the more, the more regular their number of fields and the more their cells look like
 * values. Scored as in G.J.J. van den Burg, A. Nazábal, C. Sutton, "Wrangling messy CSV files by detecting row and type
 * patterns" (2019), times how soundly their quotes are closed.
 */
export function scoreReading(records: readonly TextRecord[], delimiter: string): number {
  return regularity(records) * valueLikeness(records, delimiter) * quoteSoundness(records)
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
  return field.includes('"') || usualDelimiters.some((other) => other !== delimiter && field.includes(other))
}

/** How records look as rows of a table. */
export type TableLikeness = {
  /** Number of fields that most records have; the larger of equally frequent ones. */
  readonly width: number
  /** Share of records that have it; a first one that has one less counts too. */
  readonly regular: number
  /** Share of cells behind the first record that are no plain text: numbers, moments, missing. */
  readonly values: number
  /** True where a column behind the first record is nearly all numbers or moments. */
  readonly hasValueColumn: boolean
}

/** Measures how much records look like rows of a table. */
export function tableLikeness(records: readonly TextRecord[]): TableLikeness {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [best] = [...counts].toSorted(([a, m], [b, n]) => n - m || b - a)
  const [width, same] = best ?? [1, 0]
  const rest = records.slice(1)
  // A header may lack the name of the row numbers.
  const times = rest.length > 1 && records[0]?.fields.length === width - 1 ? same + 1 : same
  const plain = Array.from({ length: width }, () => 0)
  let cells = 0
  for (const { fields } of rest) {
    fields.slice(0, width).forEach((field, index) => {
      cells++
      if (cellShape(field) === 'text') plain[index] = (plain[index] ?? 0) + 1
    })
  }
  const texts = plain.reduce((sum, count) => sum + count, 0)
  return {
    width,
    regular: records.length === 0 ? 0 : times / records.length,
    values: cells === 0 ? 0 : 1 - texts / cells,
    hasValueColumn: rest.length > 0 && plain.some((count) => count <= rest.length / 10),
  }
}
