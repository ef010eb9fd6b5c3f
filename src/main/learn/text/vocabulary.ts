import type { TermCounts } from './count-terms.ts'
import { createTermTable, EMPTY_HASH, extendHash, type TermTable } from './term-table.ts'

/** Bounds on the terms that a vocabulary keeps. */
export type VocabularyBounds = {
  /** Fewest rows that a term occurs in. */
  readonly minRows: number
  /** Largest share of the rows that a term occurs in. */
  readonly maxShare: number
  readonly maxTerms: number
}

/** Terms in code-unit order, and the number of rows that each occurs in. */
export type Vocabulary = { readonly terms: readonly string[]; readonly rows: readonly number[] }

/** `most` of the terms, whatever the order of the rows: those of the smallest hash; among equal hashes the first in code-unit order. */
function byHash(terms: readonly number[], table: TermTable, most: number): readonly number[] {
  if (most <= 0) return []
  const bound = Uint32Array.from(terms, table.hashOf).sort()[most - 1] as number
  const below = terms.filter((term) => table.hashOf(term) < bound)
  const equal = terms.filter((term) => table.hashOf(term) === bound).toSorted((a, b) => (table.textOf(a) < table.textOf(b) ? -1 : 1))
  return [...below, ...equal.slice(0, most - below.length)]
}

/** The `most` of `terms` with the most occurrences; among equals, any but always the same. */
function mostFrequent(terms: readonly number[], { table, occurrences }: TermCounts, most: number): readonly number[] {
  if (terms.length <= most) return terms
  const ranked = Float64Array.from(terms, (term) => occurrences[term] as number).sort()
  const least = ranked[ranked.length - most] as number
  const above = terms.filter((term) => (occurrences[term] as number) > least)
  return [...above, ...byHash(terms.filter((term) => occurrences[term] === least), table, most - above.length)]
}

/** The terms worth a column of their own, by scikit-learn's rules (`min_df`, `max_df`, `max_features`). `rows` is the number of all rows. */
export function chooseVocabulary(counts: TermCounts, rows: number, { minRows, maxShare, maxTerms }: VocabularyBounds): Vocabulary {
  const candidates: number[] = []
  for (let term = 0; term < counts.table.size(); term++) {
    const found = counts.rows[term] as number
    if (found >= Math.max(1, minRows) && found <= maxShare * rows) candidates.push(term)
  }
  const chosen = mostFrequent(candidates, counts, maxTerms).map((term) => ({ text: counts.table.textOf(term), rows: counts.rows[term] as number }))
  const sorted = chosen.toSorted((a, b) => (a.text < b.text ? -1 : 1))
  return { terms: sorted.map(({ text }) => text), rows: sorted.map(({ rows }) => rows) }
}

/** Number of a term in a table; −1 where it is not there. */
export function findTerm(table: TermTable, text: string): number {
  const codes = Int32Array.from(text, (character) => character.codePointAt(0) as number)
  return table.find(codes, 0, codes.length, codes.reduce(extendHash, EMPTY_HASH))
}

/** A table in which every term has its place in the vocabulary as its number. */
export function tableOfVocabulary(terms: readonly string[]): TermTable {
  const table = createTermTable()
  for (const text of terms) {
    const codes = Int32Array.from(text, (character) => character.codePointAt(0) as number)
    table.add(codes, 0, codes.length, codes.reduce(extendHash, EMPTY_HASH))
  }
  return table
}
