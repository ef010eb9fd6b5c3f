import { cutLine, asCommaLine } from '../fixed-width/cut-line.ts'
import { findFixedColumns, type Evidence, type FixedColumns } from '../fixed-width/find-columns.ts'
import { scoreReading, tableLikeness, usualDelimiters } from './score-reading.ts'
import { splitRecords, type Separators, type TextRecord } from './split-fields.ts'
import { squeezeSpaces } from './squeeze-spaces.ts'

const SAMPLE_RECORDS = 500
const rareDelimiters = [':', '~', '^', '\u0001', '\u001f'] as const
const REGULAR = 0.95

/** How cells are marked off in a text. */
export type Dialect = {
  /** As the file has it: a character, ' ' for any white space, '  ' for two blanks or more, '' for columns of fixed width. */
  readonly delimiter: string
  /** How lines are taken apart, behind `rewrite` where there is one. */
  readonly separators: Separators
  /** Makes a line with marks that DuckDB cannot read one with marks that it can; undefined where that fails. */
  readonly rewrite?: (line: string) => string | undefined
}

/** What a user said about the marks. */
export type KnownMarks = { readonly delimiter?: string | undefined; readonly quote?: string | undefined; readonly escape?: string | undefined }

type Reading = { readonly dialect: Dialect; readonly records: readonly TextRecord[]; readonly score: number }

/**
 * The dialect of a delimited text, from a sample of its beginning: the usual delimiters first; rarer ones, white space and
 * fixed widths where those make no table, or where only with these all cells are numbers.
 */
export function detectDialect(sample: string, cut: boolean, known: KnownMarks = {}): Dialect {
  if (known.delimiter === 'fixed') return fixedDialect(sample, cut, { lines: 1, columns: 1 }) ?? plain({ quote: known.quote })
  if (known.delimiter !== undefined) return best(sample, cut, [known.delimiter], known)?.dialect ?? plain(known)
  const usual = best(sample, cut, usualDelimiters, known)
  const rare = rareReading(sample, cut, known)
  if (rare !== undefined && (usual === undefined || isBetter(rare, usual))) return rare
  if (usual === undefined) return plain(known)
  return (tableLikeness(usual.records).width === 1 ? oneColumn(sample, cut, known) : undefined)?.dialect ?? usual.dialect
}

/**
 * The reading in which every line is one cell. Where most lines are one cell under the best of delimiters, that is what the file holds: a column of texts, in some
 * of which a delimiter happens to stand.
 */
function oneColumn(sample: string, cut: boolean, known: KnownMarks): Reading | undefined {
  const readings = usualDelimiters.flatMap((delimiter) => best(sample, cut, [delimiter], known) ?? [])
  return readings.find(({ records }) => records.every(({ fields, brokenQuotes }) => fields.length === 1 && brokenQuotes === 0))
}

function plain({ delimiter = ',', quote = '"' }: KnownMarks): Dialect {
  return { delimiter, separators: { delimiter, quote } }
}

/** True where a rare dialect shows a table that the usual one does not. */
function isBetter(rare: Dialect & { readonly records: readonly TextRecord[] }, usual: Reading): boolean {
  const mine = tableLikeness(rare.records)
  const theirs = tableLikeness(usual.records)
  if (theirs.width > 1 && theirs.regular >= 0.8) return mine.values >= 0.95 && theirs.values < 0.8 * mine.values
  // Lines that are one value each (dates with times, addresses) are one column.
  return !(theirs.width === 1 && theirs.values >= 0.9) && mine.regular >= REGULAR && (mine.width > 2 || mine.hasValueColumn)
}

function rareReading(sample: string, cut: boolean, known: KnownMarks): (Dialect & { readonly records: readonly TextRecord[] }) | undefined {
  let found: Reading | undefined
  for (const delimiter of rareDelimiters) {
    const reading = best(sample, cut, [delimiter], known)
    if (reading === undefined || !isTable(reading.records)) continue
    if (found === undefined || reading.score > found.score * 1.0001) found = reading
  }
  const blanks = blankReading(sample, cut, known)
  if (blanks !== undefined && (found === undefined || blanks.score > found.score)) found = blanks
  if (found !== undefined) return { ...found.dialect, records: found.records }
  const fixed = fixedDialect(sample, cut, { lines: 5, columns: 2 })
  if (fixed === undefined) return undefined
  const records = recordsOf(sample, cut, fixed)
  return records === null ? undefined : { ...fixed, records }
}

/** White space between cells: two blanks or more where that makes a table, unless single ones set apart more values. */
function blankReading(sample: string, cut: boolean, known: KnownMarks): Reading | undefined {
  const [wide, narrow] = ['  ', ' '].map((delimiter) => {
    const reading = best(sample, cut, [delimiter], known)
    return reading !== undefined && isTable(reading.records) ? reading : undefined
  })
  if (wide === undefined || narrow === undefined) return wide ?? narrow
  return tableLikeness(narrow.records).values > tableLikeness(wide.records).values + 0.01 ? narrow : wide
}

function isTable(records: readonly TextRecord[]): boolean {
  const { width, regular } = tableLikeness(records)
  return width > 1 && regular >= REGULAR
}

/** Columns of fixed width, where the lines have such. */
function fixedDialect(sample: string, cut: boolean, least: Evidence): Dialect | undefined {
  const lines = sample.split(/\r\n|\n|\r/)
  const columns = findFixedColumns(cut ? lines.slice(0, -1) : lines, least)
  return columns === undefined ? undefined : ofFixedColumns(columns)
}

/** The dialect of columns of fixed width. */
export function ofFixedColumns(columns: FixedColumns): Dialect {
  return {
    delimiter: '',
    separators: { delimiter: ',', quote: '"' },
    rewrite: (line) => {
      const cells = cutLine(line, columns)
      return cells === undefined ? undefined : asCommaLine(cells)
    },
  }
}

function best(sample: string, cut: boolean, delimiters: readonly string[], known: KnownMarks): Reading | undefined {
  const quotes = known.quote === undefined ? ['"', "'", ''] : [known.quote]
  let found: Reading | undefined
  for (const quote of quotes) {
    for (const delimiter of delimiters) {
      for (const escape of escapes(sample, quote, known)) {
        const dialect = ofMarks(delimiter, quote, escape)
        const records = recordsOf(sample, cut, dialect)
        if (records === null) continue
        const mark = dialect.separators.delimiter
        if (known.quote === undefined && quote === "'" && !singleQuotesEnclose(records, mark)) continue
        if (known.quote === undefined && quote === '' && !quotesAreBroken(sample, cut, delimiter, known)) continue
        const score = scoreReading(records, mark)
        if (found === undefined || score > found.score * 1.0001) found = { dialect, records, score }
      }
    }
  }
  return found
}

/** Ways in which quotes may stand inside quotes: doubled, or behind a backslash where the sample has that. */
function escapes(sample: string, quote: string, known: KnownMarks): readonly (string | undefined)[] {
  if (quote === '') return [undefined]
  if (known.escape !== undefined) return [known.escape === quote ? undefined : known.escape]
  return sample.includes(`\\${quote}`) ? [undefined, '\\'] : [undefined]
}

function ofMarks(delimiter: string, quote: string, escape: string | undefined): Dialect {
  const separators = { delimiter, quote, ...(escape === undefined ? {} : { escape }) }
  if (delimiter !== ' ' && delimiter !== '  ') return { delimiter, separators }
  const least = delimiter === ' ' ? 1 : 2
  return { delimiter, separators: { ...separators, delimiter: '\t' }, rewrite: (line) => squeezeSpaces(line, quote, least) }
}

/** The records of a sample, empty lines left out; null where a quote is never closed. */
export function recordsOf(sample: string, cut: boolean, { separators, rewrite }: Dialect, limit = SAMPLE_RECORDS): TextRecord[] | null {
  const text = rewrite === undefined ? sample : sample.split(/\r\n|\n|\r/).map((line) => rewrite(line) ?? '').join('\n')
  return splitRecords(text, separators, { limit, cut })
}

/** True where `"` cannot be what encloses cells: it is not closed, or text follows where it is. */
function quotesAreBroken(sample: string, cut: boolean, delimiter: string, known: KnownMarks): boolean {
  return escapes(sample, '"', known).every((escape) => {
    const records = recordsOf(sample, cut, ofMarks(delimiter, '"', escape))
    return records === null || records.some((record) => record.brokenQuotes > 0)
  })
}

/** Single quotes count only where they clearly quote: several fields in them hold the delimiter. */
function singleQuotesEnclose(records: readonly TextRecord[], delimiter: string): boolean {
  let enclosing = 0
  for (const { fields, quoted } of records) enclosing += fields.filter((field, index) => quoted[index] === true && field.includes(delimiter)).length
  return enclosing >= Math.min(2, records.length)
}
