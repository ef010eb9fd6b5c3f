import type { CategoryColumn } from '../../table/column.ts'
import type { SparseBlock } from '../../table/matrix.ts'
import type { TermTable } from './term-table.ts'
import type { Analysis } from './terms.ts'
import { knownTerms, scanTexts, type TextTerms } from './text-terms.ts'
import { findTerm, tableOfVocabulary } from './vocabulary.ts'

/** Terms that have a column, and how much one occurrence weighs: the inverse document frequency ln((1 + rows) / (1 + rows with it)) + 1. */
export type TermWeights = { readonly terms: readonly string[]; readonly weights: readonly number[] }

const tables = new WeakMap<readonly string[], TermTable>()

function tableOf(terms: readonly string[]): TermTable {
  const table = tables.get(terms) ?? tableOfVocabulary(terms)
  tables.set(terms, table)
  return table
}

type Entries = Omit<TextTerms, 'table'>

/** Terms of known texts by their place in the vocabulary. */
function entriesOfKept({ table, starts, terms, counts }: TextTerms, vocabulary: readonly string[]): Entries {
  const placeOf = new Int32Array(table.size()).fill(-1)
  vocabulary.forEach((text, place) => {
    const term = findTerm(table, text)
    if (term >= 0) placeOf[term] = place
  })
  const own = { starts: new Int32Array(starts.length), terms: new Int32Array(terms.length), counts: new Uint16Array(terms.length) }
  let size = 0
  for (let text = 0; text + 1 < starts.length; text++) {
    for (let k = starts[text] as number; k < (starts[text + 1] as number); k++) {
      const place = placeOf[terms[k] as number] as number
      if (place < 0) continue
      own.terms[size] = place
      own.counts[size++] = counts[k] as number
    }
    own.starts[text + 1] = size
  }
  return own
}

function entriesOf(column: CategoryColumn, analysis: Analysis, vocabulary: readonly string[]): Entries {
  const kept = knownTerms(column.categories, analysis)
  if (kept !== undefined) return entriesOfKept(kept, vocabulary)
  const present = new Uint8Array(column.categories.length)
  for (let i = 0; i < column.codes.length; i++) if ((column.codes[i] as number) >= 0) present[column.codes[i] as number] = 1
  const table = tableOf(vocabulary)
  return scanTexts(column.categories, analysis, (text) => present[text] === 1, table.find)
}

/** Number of entries before each column, and the end. */
function columnStarts({ codes }: CategoryColumn, { starts, terms }: Entries, columns: number): Int32Array {
  const begin = new Int32Array(columns + 1)
  for (let i = 0; i < codes.length; i++) {
    const text = codes[i] as number
    if (text < 0) continue
    for (let k = starts[text] as number; k < (starts[text + 1] as number); k++) (begin[(terms[k] as number) + 1] as number)++
  }
  for (let j = 0; j < columns; j++) (begin[j + 1] as number) += begin[j] as number
  return begin
}

/**
 * TF-IDF of a column's rows: count (or 1 + ln count) times weight, each row scaled to length 1, as scikit-learn's `TfidfVectorizer`. A row
 * without a known term is zero.
 */
export function weighTerms(column: CategoryColumn, analysis: Analysis, { terms, weights }: TermWeights, sublinear: boolean): SparseBlock {
  const entries = entriesOf(column, analysis, terms)
  const starts = columnStarts(column, entries, terms.length)
  const size = starts[terms.length] as number
  const next = starts.slice()
  const rows = new Int32Array(size)
  const sizes = new Float64Array(size)
  const factor = Float64Array.from({ length: 64 }, (_, count) => (sublinear ? 1 + Math.log(count) : count))
  for (let i = 0; i < column.codes.length; i++) {
    const text = column.codes[i] as number
    if (text < 0) continue
    for (let k = entries.starts[text] as number; k < (entries.starts[text + 1] as number); k++) {
      const term = entries.terms[k] as number
      const count = entries.counts[k] as number
      const place = next[term] as number
      next[term] = place + 1
      rows[place] = i
      sizes[place] = (count < 64 ? (factor[count] as number) : sublinear ? 1 + Math.log(count) : count) * (weights[term] as number)
    }
  }
  // In the order of columns, so that a row's length does not depend on how its terms were found.
  const squares = new Float64Array(column.codes.length)
  for (let k = 0; k < size; k++) (squares[rows[k] as number] as number) += (sizes[k] as number) ** 2
  for (let i = 0; i < squares.length; i++) squares[i] = Math.sqrt(squares[i] as number)
  const values = new Float32Array(size)
  for (let k = 0; k < size; k++) values[k] = (sizes[k] as number) / (squares[rows[k] as number] as number)
  return { starts, rows, values }
}
