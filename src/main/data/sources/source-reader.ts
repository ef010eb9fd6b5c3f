import type { DataEngine } from '../engine.ts'
import type { Finding, SourceReport } from '../finding.ts'

/** What a user may say about a file when detection would guess wrong. */
export type SourceOptions = {
  /** Encoding of a text file by any usual name, e.g. `windows-1252` or `cp949`. */
  readonly encoding?: string | undefined
  /** One character, or a name of it (`tab`, `space`, `spaces`, `fixed`; see delimited/read-delimiter.ts). */
  readonly delimiter?: string | undefined
  /** One character, or '' for a file without quoting. */
  readonly quote?: string | undefined
  /** What stands before a quote inside a quoted cell: the quote itself (doubling), or a backslash. */
  readonly escape?: string | undefined
  readonly header?: boolean | undefined
  /** Number of lines before the header, or before the first row where there is no header. */
  readonly skip?: number | undefined
  /** Beginning of lines that are no data; '' where there are none. */
  readonly comment?: string | undefined
  /** Decimal mark of numbers: `.` or `,`. */
  readonly decimal?: '.' | ',' | undefined
  /** What to do with lines of too few fields: refuse them (default) or take the rest as missing. */
  readonly ragged?: 'error' | 'pad' | undefined
  /** JSON: dotted path of the records, e.g. `features`; `$` for the top of the file. */
  readonly records?: string | undefined
  /** Workbook: name of the sheet, or its number from 1. */
  readonly sheet?: string | number | undefined
  /** Workbook: number of the row that names the columns, from 1. */
  readonly headerRow?: number | undefined
  /** Database: name of the table or view. */
  readonly table?: string | undefined
  /** Database: a SELECT, instead of a table. */
  readonly query?: string | undefined
  /** Several files as one table: name of a column to add that holds each row's file. */
  readonly fileColumn?: string | undefined
  /** Called now and then while a file is copied for reading; throws to stop that. */
  readonly watch?: (() => void) | undefined
  /** Column names that are likely in a header, e.g. those of a model's input. */
  readonly likelyNames?: readonly string[] | undefined
}

/** A column of an open source: its final name, how SQL reaches it and how DuckDB holds it. */
export type SourceColumn = { readonly name: string; readonly expression: string; readonly sqlType: string }

/** A file that was checked and can be scanned. */
export type OpenSource = {
  /** SQL after FROM; scans rows in file order. */
  readonly from: string
  readonly columns: readonly SourceColumn[]
  /** What was found out before reading the rows. */
  readonly about: Omit<SourceReport, 'rows' | 'findings'>
  readonly findings: readonly Finding[]
  /** The error to show when scanning `from` failed with `error`: names file and line. */
  explain(engine: DataEngine, error: unknown): Promise<unknown>
  /** Removes what was copied for reading; called once, after the last scan. */
  close?(): Promise<void>
}

/** One kind of source file. */
export type SourceReader = {
  readonly id: SourceReport['format']
  readonly label: string
  /** Endings of file names in lower case, with the dot. */
  readonly extensions: readonly string[]
  /** True where the first bytes of a file (up to 4 KiB) say that it is of this kind, whatever its ending. */
  recognises?(beginning: Buffer): boolean
  /** Checks the file (it exists and is not empty) and finds out how to read it; throws MillraceError on what cannot be read. */
  open(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource>
}
