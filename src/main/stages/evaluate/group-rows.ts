import { finiteOf, quantileInPlace } from '../../base/statistics.ts'
import type { CategoryColumn, Column, NumberColumn } from '../../table/column.ts'

/** Rows that share a value, or a range of values, of a column. */
export type RowGroup = { readonly name: string; readonly rows: Int32Array }

/** Values with a group of their own at most; the others come together. */
const MOST_GROUPS = 8

type InWords = (value: number) => string

/** Four significant digits. */
const figure: InWords = (value) => String(Number(value.toPrecision(4)))

/** The day of a moment in milliseconds since 1970-01-01 UTC. */
const day: InWords = (value) => (Math.abs(value) <= 8.64e15 ? new Date(value).toISOString().slice(0, 10) : figure(value))

function collect(rows: number, groupOf: (row: number) => number, names: readonly string[]): RowGroup[] {
  const lists = names.map((): number[] => [])
  for (let row = 0; row < rows; row++) lists[groupOf(row)]?.push(row)
  return names.map((name, index) => ({ name, rows: Int32Array.from(lists[index] ?? []) })).filter((group) => group.rows.length > 0)
}

function byCategory({ codes, categories }: CategoryColumn): RowGroup[] {
  const counts = new Float64Array(categories.length)
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1
  const ranked = categories.map((_name, code) => code).filter((code) => (counts[code] as number) > 0).toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
  const own = ranked.slice(0, ranked.length === MOST_GROUPS + 1 ? MOST_GROUPS + 1 : MOST_GROUPS)
  const place = new Map(own.map((code, index) => [code, index]))
  const names = [...own.map((code) => categories[code] ?? ''), `${ranked.length - own.length} other values`, 'missing']
  return collect(codes.length, (row) => ((codes[row] as number) < 0 ? own.length + 1 : (place.get(codes[row] as number) ?? own.length)), names)
}

function byQuartile({ values }: NumberColumn, words: InWords): RowGroup[] {
  const finite = finiteOf(values).slice()
  const cuts = [...new Set([0.25, 0.5, 0.75].map((q) => quantileInPlace(finite, q)))]
  const names = [...cuts.map((cut, index) => (index === 0 ? `up to ${words(cut)}` : `${words(cuts[index - 1] as number)} – ${words(cut)}`)), `above ${words(cuts.at(-1) ?? 0)}`, 'missing']
  const groupOf = (value: number): number => {
    if (Number.isNaN(value)) return cuts.length + 1
    const above = cuts.findIndex((cut) => value <= cut)
    return above < 0 ? cuts.length : above
  }
  return collect(values.length, (row) => groupOf(values[row] as number), names)
}

function byNumber(column: NumberColumn, words: InWords): RowGroup[] {
  const distinct = new Set<number>()
  for (const value of column.values) {
    if (!Number.isNaN(value)) distinct.add(value)
    if (distinct.size > MOST_GROUPS) return byQuartile(column, words)
  }
  const sorted = [...distinct].toSorted((a, b) => a - b)
  const place = new Map(sorted.map((value, index) => [value, index]))
  return collect(column.values.length, (row) => place.get(column.values[row] as number) ?? sorted.length, [...sorted.map(words), 'missing'])
}

/** The rows of a column in groups: the eight most frequent values and the rest, or the quartiles of numbers, and rows without a value. */
export function groupRows(column: Column, numbersAre: 'amounts' | 'moments' = 'amounts'): RowGroup[] {
  return column.kind === 'category' ? byCategory(column) : byNumber(column, numbersAre === 'moments' ? day : figure)
}
