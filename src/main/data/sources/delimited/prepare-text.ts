import { rm } from 'node:fs/promises'
import type { DataEngine } from '../../engine.ts'
import type { Finding } from '../../finding.ts'
import { readBlocks } from '../text/read-blocks.ts'
import { writeTemporary } from '../text/temporary-folder.ts'
import type { TextFile } from '../text/text-file.ts'
import type { TextLayout } from './detect-layout.ts'
import type { CsvLayout } from './read-csv.ts'
import { rewriteLines } from './rewrite-lines.ts'
import { textBetweenColumns } from './text-problems.ts'
import { findTrailingLines, type TrailingLines } from './trailing-lines.ts'

/** A text as DuckDB can read it. */
export type PreparedText = {
  readonly path: string
  /** Records before the first row. */
  readonly skip: number
  readonly lineEnd: CsvLayout['lineEnd']
  /** The line of the user's file behind a line of this text; both count from 1. */
  originalLine(line: number): number
  readonly findings: readonly Finding[]
  /** Removes the copy, if there is one. */
  close(): Promise<void>
}

/**
 * Makes a text one that DuckDB reads: without comments among the rows and notes behind them, with one kind of line end and
 * one character between cells. A text that is so already is read where it is.
 */
export async function prepareText(engine: DataEngine, file: string, text: TextFile, layout: TextLayout, watch?: () => void): Promise<PreparedText> {
  const { dialect } = layout
  const trailing = await findTrailingLines(text.path, dialect.separators, layout.names.length)
  const findings = trailingFindings(trailing)
  const plain = dialect.rewrite === undefined && trailing.start === undefined && evenLineEnds(text)
  if (plain && !(await needsOwnSkip(text.path, layout))) {
    return { path: text.path, skip: layout.linesBefore - extraLines(layout), lineEnd: lineEndOf(text), originalLine: (line) => line, findings, close: () => Promise.resolve() }
  }
  const { rewrite } = dialect
  const line = rewrite === undefined ? undefined : (content: string, number: number) => rewrite(content) ?? refuse(file, number, content)
  const rewriting = { skip: layout.linesBefore, end: trailing.start, quote: rewrite === undefined ? dialect.separators.quote : '', comment: layout.comment, line, watch }
  const copy = await writeTemporary(engine, file, (target) => rewriteLines(text.path, target, rewriting))
  const { comments, originalLine } = copy.result
  const within: Finding[] = comments === 0 ? [] : [{ kind: 'comment-lines', count: comments, message: `${comments.toLocaleString('en')} comment ${comments === 1 ? 'line stands' : 'lines stand'} among the rows and ${comments === 1 ? 'is' : 'are'} left out.` }]
  return { path: copy.path, skip: 0, lineEnd: '\n', originalLine, findings: [...within, ...findings], close: () => rm(copy.path, { force: true }) }
}

function lineEndOf({ lines }: TextFile): CsvLayout['lineEnd'] {
  return lines.crlf ? '\r\n' : lines.cr ? '\r' : '\n'
}

function refuse(file: string, line: number, content: string): never {
  throw textBetweenColumns(file, line, content)
}

function evenLineEnds({ lines }: TextFile): boolean {
  return !(lines.lf && lines.crlf) && !(lines.cr && (lines.lf || lines.crlf))
}

/** DuckDB skips records, of which empty lines count; a header with line breaks in its names is one record. */
function extraLines({ linesBefore, skip, header, headerLines }: TextLayout): number {
  return header && linesBefore > skip ? headerLines - 1 : 0
}

/** True where lines that are no rows stand in the way: quotes above the table, or comments among its rows. */
async function needsOwnSkip(path: string, { skip, comment, above, dialect }: TextLayout): Promise<boolean> {
  if (skip > 0 && dialect.separators.quote !== '' && above.includes(dialect.separators.quote)) return true
  return comment !== undefined && (await hasLineAfter(path, Buffer.byteLength(above), comment))
}

/** True where a line behind `offset` begins with `mark`. */
async function hasLineAfter(path: string, offset: number, mark: string): Promise<boolean> {
  const marks = ['\n', '\r'].map((end) => Buffer.from(end + mark))
  let before = Buffer.alloc(0)
  for await (const block of readBlocks(path, (bytes) => bytes.length)) {
    const bytes = Buffer.concat([before, block.bytes])
    const start = block.offset - before.length
    for (const wanted of marks) if (bytes.indexOf(wanted, Math.max(0, offset - start - 1)) >= 0) return true
    before = Buffer.from(bytes.subarray(-mark.length - 1))
  }
  return false
}

function trailingFindings({ empty, notes, start }: TrailingLines): Finding[] {
  const findings: Finding[] = []
  if (empty > 0 && start !== undefined) {
    findings.push({ kind: 'empty-lines-at-end', count: empty, message: `${empty === 1 ? 'The last line is' : `The last ${empty.toLocaleString('en')} lines are`} empty and left out.` })
  }
  if (notes.length > 0) {
    const shown = notes.map((note) => `"${note.length > 60 ? `${note.slice(0, 59)}…` : note}"`).slice(0, 3).join(', ')
    findings.push({ kind: 'notes-at-end', count: notes.length, message: `${notes.length === 1 ? 'A note' : `${notes.length} notes`} below the table ${notes.length === 1 ? 'is' : 'are'} left out: ${shown}${notes.length > 3 ? ', …' : ''}.` })
  }
  return findings
}
