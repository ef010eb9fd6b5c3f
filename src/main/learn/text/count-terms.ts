import type { CategoryColumn } from '../../table/column.ts'
import { countLevels } from '../transforms/levels.ts'
import { createTermTable, type TermTable } from './term-table.ts'
import { createTermScanner, type Analysis } from './terms.ts'
import { termsOfTexts, type TextTerms } from './text-terms.ts'

/** Terms of a column's rows: in how many rows each occurs, and how often in all. */
export type TermCounts = { readonly table: TermTable; readonly rows: Float64Array; readonly occurrences: Float64Array }

/** Terms in memory above which those seen least are forgotten. */
const MOST_TERMS = 3e6

function countKept({ table, starts, terms, counts }: TextTerms, rowsOfText: Float64Array): TermCounts {
  const rows = new Float64Array(table.size())
  const occurrences = new Float64Array(table.size())
  for (let text = 0; text < rowsOfText.length; text++) {
    const weight = rowsOfText[text] as number
    if (weight === 0) continue
    for (let k = starts[text] as number; k < (starts[text + 1] as number); k++) {
      const term = terms[k] as number
      ;(rows[term] as number) += weight
      ;(occurrences[term] as number) += weight * (counts[k] as number)
    }
  }
  return { table, rows, occurrences }
}

type Tally = { table: TermTable; rows: Float64Array; occurrences: Float64Array; lastText: Int32Array }

function emptyTally(length: number): Tally {
  return { table: createTermTable(), rows: new Float64Array(length), occurrences: new Float64Array(length), lastText: new Int32Array(length) }
}

/** Without the terms of at most `least` rows (lossy counting: Manku and Motwani, 2002). */
function pruned(tally: Tally, least: number): Tally {
  const smaller = emptyTally(tally.rows.length)
  for (let term = 0; term < tally.table.size(); term++) {
    if ((tally.rows[term] as number) <= least) continue
    const place = tally.table.copyTo(term, smaller.table)
    smaller.rows[place] = tally.rows[term] as number
    smaller.occurrences[place] = tally.occurrences[term] as number
    smaller.lastText[place] = tally.lastText[term] as number
  }
  return smaller
}

/** Counts without keeping what each text holds. Terms too rare to matter may be forgotten on the way, and counted too low. */
function countPassing(texts: readonly string[], analysis: Analysis, rowsOfText: Float64Array): TermCounts {
  const scan = createTermScanner(analysis)
  let tally = emptyTally(MOST_TERMS + 1)
  let least = 0
  for (let text = 0; text < texts.length; text++) {
    const weight = rowsOfText[text] as number
    if (weight === 0) continue
    const { codes, starts, ends, hashes, count } = scan(texts[text] as string)
    for (let i = 0; i < count; i++) {
      if (tally.table.size() >= MOST_TERMS) tally = pruned(tally, ++least)
      const term = tally.table.add(codes, starts[i] as number, ends[i] as number, hashes[i] as number)
      if (tally.lastText[term] !== text + 1) {
        tally.lastText[term] = text + 1
        ;(tally.rows[term] as number) += weight
      }
      ;(tally.occurrences[term] as number) += weight
    }
  }
  return tally
}

/** Counts the terms of a column's rows. Rows without a text have none. */
export function countTerms(column: CategoryColumn, analysis: Analysis): TermCounts {
  const terms = termsOfTexts(column.categories, analysis)
  const rowsOfText = countLevels(column)
  return terms === undefined ? countPassing(column.categories, analysis, rowsOfText) : countKept(terms, rowsOfText)
}
