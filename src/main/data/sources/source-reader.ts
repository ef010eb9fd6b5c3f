import type { DataEngine } from '../engine.ts'
import type { Finding, SourceReport } from '../finding.ts'
import type { CellSpelling } from './delimited/cell-spellings.ts'
import type { ReadingOptions } from './reading-options.ts'

/** What is said about a file where detection would guess wrong. */
export type SourceOptions = { readonly [Name in keyof ReadingOptions]: ReadingOptions[Name] | undefined } & {
  /** Called now and then while a file is copied for reading; throws to stop that. */
  readonly watch?: (() => void) | undefined
  /** Column names that are likely in a header, e.g. those of a model's input. */
  readonly likelyNames?: readonly string[] | undefined
}

/** A column of an open source: its final name, how SQL reaches it and how DuckDB holds it. */
export type SourceColumn = {
  readonly name: string
  readonly expression: string
  readonly sqlType: string
  /** Where `expression` writes decimal commas as points: SQL of the cell as it stands in the file. */
  readonly written?: string
}

/** A text without quotes that DuckDB reads as values of types, one for each column; that its cells are spelt as these types are is to be checked. */
export type PlainSource = {
  /** SQL after FROM; columns are reached as in the source. A cell that is no value of its column's type stops the scan. */
  from(types: readonly string[]): string
  isSpeltSo(spellings: readonly CellSpelling[], stopped: () => boolean): Promise<boolean>
}

/** A file that was checked and can be scanned. */
export type OpenSource = {
  /** SQL after FROM; scans rows in file order. */
  readonly from: string
  readonly columns: readonly SourceColumn[]
  /** Where the file is text whose cells stand in it as they are: how it can be read as values at once. */
  readonly plain?: PlainSource | undefined
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
