import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { quoteLiteral } from '../sql-text.ts'

/** Rows on their way from a file that DuckDB cannot read itself: written to the engine's temporary folder, scanned from there. */
export type Spool = {
  readonly rows: number
  /** Adds a row; null is missing, and so is what a shorter row lacks. */
  add(cells: readonly (string | null)[]): void
  /** Ends the writing. SQL after FROM with the columns c0, c1, … as text, at least `columns` of them, rows in order. */
  finish(columns?: number): string
  /** Removes the file. */
  remove(): Promise<void>
}

/** Most bytes of one row as text. */
const MOST_ROW_BYTES = 32 << 20

const BLOCK = 1 << 20

/** A path for a file that is needed while a source is read; its folder is removed with the engine's. */
export async function temporaryFile(engine: DataEngine, name: string): Promise<string> {
  const [setting] = await engine.rows(`SELECT current_setting('temp_directory') AS folder`, z.object({ folder: z.string() }))
  const folder = setting?.folder ?? ''
  mkdirSync(folder, { recursive: true })
  return join(folder, `${randomUUID()}-${name}`)
}

/**
 * Opens a spool for the rows of `file`, whose name errors say. Memory stays at about a megabyte whatever is written.
 * Writing is synchronous: what fills a spool reads and parses in the same thread, and waits for nothing else.
 */
export async function openSpool(engine: DataEngine, file: string): Promise<Spool> {
  const path = await temporaryFile(engine, 'rows.csv')
  const descriptor = openSync(path, 'wx')
  let rows = 0
  let width = 0
  let longest = 0
  let pending = ''
  let isOpen = true
  const flush = (): void => {
    const bytes = Buffer.from(pending, 'utf8')
    pending = ''
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
  }
  const close = (): void => {
    if (isOpen) closeSync(descriptor)
    isOpen = false
  }
  return {
    get rows() {
      return rows
    },
    add(cells) {
      const line = lineOf(cells)
      // UTF-8 takes at most three bytes for a unit of UTF-16.
      if (line.length * 3 > longest) longest = Math.max(longest, Buffer.byteLength(line))
      if (longest > MOST_ROW_BYTES) throw tooLong(file, rows + 1, longest)
      rows++
      width = Math.max(width, cells.length)
      pending += line
      if (pending.length >= BLOCK) flush()
    },
    finish(columns = 0) {
      flush()
      close()
      return scan(path, Math.max(width, columns), longest)
    },
    async remove() {
      close()
      await rm(path, { force: true })
    },
  }
}

/** A line of CSV: every cell in quotes, missing ones empty. It begins with a mark, because DuckDB takes empty lines for none. */
function lineOf(cells: readonly (string | null)[]): string {
  let line = '.'
  for (const cell of cells) line += cell === null ? ',' : `,"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`
  return `${line}\n`
}

function scan(path: string, width: number, longest: number): string {
  const columns = Array.from({ length: width }, (_, index) => `, 'c${index}': 'VARCHAR'`).join('')
  const line = Math.max(2 << 20, longest + 1024)
  const settings = [
    'auto_detect = false',
    `delim = ','`,
    `quote = '"'`,
    `escape = '"'`,
    `new_line = '\\n'`,
    'header = false',
    'null_padding = true',
    'parallel = false', // needed for padding beside line breaks in quotes
    'allow_quoted_nulls = false', // an empty text is not a missing one
    `max_line_size = ${line}`,
    `buffer_size = ${2 * line}`,
    `compression = 'none'`,
    `columns = {'mark': 'VARCHAR'${columns}}`,
  ]
  return `read_csv(${quoteLiteral(path)}, ${settings.join(', ')})`
}

function tooLong(file: string, row: number, bytes: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A row is too long',
    message: `${file}, row ${row}: its cells hold ${Math.round(bytes / 1048576)} MB of text, more than ${MOST_ROW_BYTES >> 20} MB.`,
    nextStep: 'Shorten the cells, or leave them out of the table: such texts are documents rather than cells.',
    details: { file, row },
  })
}
