import { createTermTable, type TermTable } from './term-table.ts'
import { createTermScanner, type Analysis } from './terms.ts'

/** The terms of distinct texts: those of text i, each once, lie at `starts[i] … starts[i + 1] − 1`. */
export type TextTerms = {
  readonly table: TermTable
  readonly starts: Int32Array
  readonly terms: Int32Array
  /** How often the text has the term; 65,535 at most. */
  readonly counts: Uint16Array
}

const MOST_OF_ONE = 65_535

/** Entries above which terms are not kept but found again when they are needed: about 200 MB. */
const MOST_ENTRIES = 32e6

/** Counts terms text by text, each term of a text once. `numberOf` gives a term's number, or −1 to leave it out. */
export function scanTexts(
  texts: readonly string[],
  analysis: Analysis,
  wanted: (text: number) => boolean,
  numberOf: (codes: Int32Array, start: number, end: number, hash: number) => number,
): Omit<TextTerms, 'table'> {
  const scan = createTermScanner(analysis)
  const starts = new Int32Array(texts.length + 1)
  let terms = new Int32Array(1 << 12)
  let counts = new Uint16Array(1 << 12)
  let placeOf = new Int32Array(1 << 12) // of a term's entry in the current text, plus one
  let size = 0
  for (let text = 0; text < texts.length; text++) {
    const from = size
    if (wanted(text)) {
      const { codes, starts: begin, ends, hashes, count } = scan(texts[text] as string)
      if (size + count > terms.length) {
        const length = Math.max(size + count, terms.length * 2)
        const [moreTerms, moreCounts] = [new Int32Array(length), new Uint16Array(length)]
        moreTerms.set(terms)
        moreCounts.set(counts)
        terms = moreTerms
        counts = moreCounts
      }
      for (let i = 0; i < count; i++) {
        const term = numberOf(codes, begin[i] as number, ends[i] as number, hashes[i] as number)
        if (term < 0) continue
        if (term >= placeOf.length) {
          const more = new Int32Array(Math.max(term + 1, placeOf.length * 2))
          more.set(placeOf)
          placeOf = more
        }
        const place = (placeOf[term] as number) - 1
        if (place >= from && place < size && terms[place] === term) {
          if ((counts[place] as number) < MOST_OF_ONE) (counts[place] as number)++
        } else {
          terms[size] = term
          counts[size] = 1
          placeOf[term] = ++size
        }
      }
    }
    starts[text + 1] = size
  }
  return { starts, terms: terms.subarray(0, size), counts: counts.subarray(0, size) }
}

/** Upper bound of the entries that texts make. */
function mostEntries(texts: readonly string[], { analyzer, from, to }: Analysis): number {
  const characters = texts.reduce((sum, text) => sum + text.length + 2, 0)
  return analyzer === 'word' ? (characters / 3) * (to - from + 1) : characters * (to - from + 1)
}

const kept = new WeakMap<readonly string[], Map<string, TextTerms | undefined>>()

function keyOf({ analyzer, from, to, stopWords }: Analysis): string {
  return JSON.stringify([analyzer, from, to, stopWords])
}

/** The terms of a dictionary where `termsOfTexts` has found them before. */
export function knownTerms(texts: readonly string[], analysis: Analysis): TextTerms | undefined {
  return kept.get(texts)?.get(keyOf(analysis))
}

/**
 * The terms of all texts of a dictionary, found once however many parts of a cross-validation share it; undefined where they would take too
 * much memory.
 */
export function termsOfTexts(texts: readonly string[], analysis: Analysis): TextTerms | undefined {
  const known = kept.get(texts) ?? new Map<string, TextTerms | undefined>()
  kept.set(texts, known)
  const key = keyOf(analysis)
  if (known.has(key)) return known.get(key)
  const table = createTermTable()
  const terms = mostEntries(texts, analysis) > MOST_ENTRIES ? undefined : { table, ...scanTexts(texts, analysis, () => true, table.add) }
  known.set(key, terms)
  return terms
}
