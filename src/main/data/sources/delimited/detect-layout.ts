import type { Finding } from '../../finding.ts'
import type { SourceOptions } from '../source-reader.ts'
import { commentBefore, detectComment, withoutComments } from './comment-lines.ts'
import { decimalCommaColumns } from './decimal-comma.ts'
import { detectDialect, recordsOf, type Dialect } from './detect-dialect.ts'
import { detectHeader } from './detect-header.ts'
import { readDelimiter } from './read-delimiter.ts'
import { tableLikeness } from './score-reading.ts'
import { splitRecords, type TextRecord } from './split-fields.ts'
import { countTitleRows } from './title-rows.ts'

/** The beginning of a text, and whether the text goes on behind it. */
export type Sample = { readonly text: string; readonly cut: boolean }

/** Where the table of a text is and how it is written. */
export type TextLayout = {
  readonly dialect: Dialect
  readonly header: boolean
  /** Names as they stand in the header; '' where it has none or there is no header. */
  readonly names: readonly string[]
  /** Columns (0-based) with decimal commas. */
  readonly commas: ReadonlySet<number>
  /** Number of lines before the first row, the header's own included. */
  readonly linesBefore: number
  /** Number of lines before the header, or before the first row where there is none. */
  readonly skip: number
  /** Number of lines of the header; 0 without one. */
  readonly headerLines: number
  /** The text of the lines before `skip`. */
  readonly above: string
  readonly comment: string | undefined
  readonly findings: readonly Finding[]
}

/** Why a sample has no layout. */
export type NoLayout = 'no-content' | 'unclosed-quote' | 'sample-too-short'

const HEADER_RECORDS = 1000
const FEWEST_RECORDS = 3

/** Finds out how a text is laid out from its beginning, as far as the options do not say it. */
export function detectLayout(sample: Sample, options: SourceOptions): TextLayout | NoLayout {
  const lines = sample.text.split(/\r\n|\n|\r/)
  const skipped = options.skip ?? 0
  const comment = options.comment === '' ? undefined : (options.comment ?? detectComment(lines.slice(skipped)))
  const text = withoutComments(sample.text, comment, skipped)
  const delimiter = options.delimiter === undefined ? undefined : readDelimiter(options.delimiter)
  const dialect = detectDialect(text, sample.cut, { delimiter, quote: options.quote, escape: options.escape })
  const records = recordsOf(text, sample.cut, dialect, HEADER_RECORDS)
  if (records === null) return sample.cut ? 'sample-too-short' : 'unclosed-quote'
  if (records.length < FEWEST_RECORDS && sample.cut) return 'sample-too-short'
  const titles = options.skip === undefined ? countTitleRows(records) : 0
  const table = records.slice(titles)
  const [first] = table
  if (first === undefined) return 'no-content'
  const commented = comment === undefined || options.header === false ? undefined : commentedHeader(lines, table, comment, dialect, options)
  const header = commented !== undefined || (options.header ?? detectHeader(table, options.likelyNames))
  const rows = header && commented === undefined ? table.slice(1) : table
  const names = namesOf(commented ?? (header ? first.fields : undefined), rows)
  return {
    dialect,
    header,
    names,
    commas: decimalCommas(options.decimal, dialect, rows, names.length),
    linesBefore: header && commented === undefined ? first.nextLine : first.line,
    skip: first.line,
    headerLines: header && commented === undefined ? first.nextLine - first.line : 0,
    above: lines.slice(0, first.line).join('\n'),
    comment,
    findings: [
      ...titleFinding(lines, comment, first.line, titles),
      ...commentFinding(lines, comment, first.line, commented !== undefined),
      ...shortHeaderFinding(commented ?? (header ? first.fields : undefined), names),
    ],
  }
}

/** The names in the last comment line, where they fit the rows below and the first row names nothing. */
function commentedHeader(lines: readonly string[], table: readonly TextRecord[], comment: string, dialect: Dialect, options: SourceOptions): readonly string[] | undefined {
  const [first] = table
  const line = first === undefined ? undefined : commentBefore(lines, first.line, comment)
  if (first === undefined || line === undefined) return undefined
  const names = splitRecords(dialect.rewrite?.(line) ?? line, dialect.separators, { limit: 1, cut: false })?.[0]
  if (names === undefined || names.fields.length < 2 || names.fields.length !== tableLikeness(table).width) return undefined
  if (detectHeader(table, options.likelyNames)) return undefined
  return detectHeader([names, ...table], options.likelyNames) ? names.fields : undefined
}

/**
 * As many names as rows have fields. A header that is one short names no row numbers (as R writes tables) or no trailing
 * delimiter; one that ends with a delimiter that the rows lack has no last column.
 */
function namesOf(header: readonly string[] | undefined, rows: readonly TextRecord[]): readonly string[] {
  const { width, regular } = tableLikeness(rows)
  if (header === undefined) return Array.from({ length: Math.max(1, width) }, () => '')
  if (rows.length === 0 || regular < 0.9) return header
  if (width === header.length + 1) return rows.every(({ fields }) => (fields[width - 1] ?? '').trim() === '') ? [...header, ''] : ['', ...header]
  return width === header.length - 1 && header.at(-1)?.trim() === '' ? header.slice(0, -1) : header
}

function decimalCommas(said: '.' | ',' | undefined, { separators }: Dialect, rows: readonly TextRecord[], width: number): ReadonlySet<number> {
  if (said === '.') return new Set()
  if (said === ',') return new Set(Array.from({ length: width }, (_, index) => index))
  return separators.delimiter === ',' ? new Set() : decimalCommaColumns(rows)
}

function titleFinding(lines: readonly string[], comment: string | undefined, before: number, titles: number): Finding[] {
  if (titles === 0) return []
  const title = lines.slice(0, before).find((line) => line.trim() !== '' && !(comment !== undefined && line.trimStart().startsWith(comment)))
  const shown = (title ?? '').trim()
  const text = shown.length > 60 ? `${shown.slice(0, 59)}…` : shown
  return [{ kind: 'title-lines', count: before, message: `The table begins in line ${before + 1}; the ${before === 1 ? 'line' : `${before} lines`} above it ("${text}") ${before === 1 ? 'is' : 'are'} left out.` }]
}

function commentFinding(lines: readonly string[], comment: string | undefined, before: number, named: boolean): Finding[] {
  if (comment === undefined) return []
  const count = lines.slice(0, before).filter((line) => line.trimStart().startsWith(comment)).length
  const header = named ? ' The last of them names the columns.' : ''
  return [{ kind: 'comment-lines', count, message: `Lines that begin with "${comment}" are comments and left out: ${count} above the table.${header}` }]
}

function shortHeaderFinding(header: readonly string[] | undefined, names: readonly string[]): Finding[] {
  if (header === undefined || names.length <= header.length) return []
  const which = names[0] === '' && header[0] !== '' ? 'first' : 'last'
  return [{ kind: 'short-header', message: `The header has ${header.length} names for ${names.length} columns; the ${which} column is taken to be the one without a name.` }]
}
