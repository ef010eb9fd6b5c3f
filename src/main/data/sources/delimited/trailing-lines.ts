import { open } from 'node:fs/promises'
import { splitRecords, type Separators } from './split-fields.ts'

const TAIL = 256 << 10
const rowCount = /^\(?\d[\d,. ]* (?:rows?|records?)(?: affected| selected| returned)?\.?\)?$/i

/** Lines at the end of a text that are no rows. */
export type TrailingLines = {
  /** Lines of delimiters only, and for one column lines of nothing. */
  readonly empty: number
  /** Notes behind an empty line, or a number of rows as databases write it. */
  readonly notes: readonly string[]
  /** Byte at which they begin; undefined where there are none that need to be left out. */
  readonly start: number | undefined
}

/**
 * Looks at the last 256 KiB of a UTF-8 text. Empty lines alone matter only where the table has one column: with more, they
 * are no records anyway.
 */
export async function findTrailingLines(path: string, separators: Separators, width: number): Promise<TrailingLines> {
  const { bytes, offset } = await readTail(path)
  const lines = linesBackwards(bytes, offset > 0)
  let start: number | undefined
  let empty = 0
  let blank = 0 // empty lines since the last note
  let pending: { text: string; start: number }[] = []
  const notes: string[] = []
  for (const line of lines) {
    const kind = kindOf(line.text, separators, width)
    if (kind === 'row') break
    if (kind === 'note' && !rowCount.test(line.text.trim())) {
      pending.push({ text: line.text.trim(), start: offset + line.start })
      continue
    }
    if (kind === 'note') notes.unshift(line.text.trim())
    if (kind !== 'note') blank++
    // Notes count once an empty line stands above them.
    for (const note of pending) notes.unshift(note.text)
    if (kind === 'delimiters' || kind === 'note' || pending.length > 0 || width === 1) start = offset + line.start
    pending = []
    if (kind === 'delimiters' || (kind === 'empty' && width === 1)) empty++
  }
  return blank === 0 && notes.length === 0 ? { empty: 0, notes: [], start: undefined } : { empty, notes, start }
}

type Line = { readonly text: string; readonly start: number }

function kindOf(text: string, { delimiter, quote, escape }: Separators, width: number): 'empty' | 'delimiters' | 'note' | 'row' {
  if (text.trim() === '') return 'empty'
  if (quote !== '' && text.includes(quote)) return 'row'
  const [record] = splitRecords(text, { delimiter, quote, ...(escape === undefined ? {} : { escape }) }, { limit: 1, cut: false }) ?? []
  const fields = record?.fields ?? []
  const filled = fields.filter((field) => field.trim() !== '').length
  if (filled === 0) return 'delimiters'
  return width > 2 && filled === 1 && fields.length < width ? 'note' : 'row'
}

async function readTail(path: string): Promise<{ readonly bytes: Buffer; readonly offset: number }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const offset = Math.max(0, size - TAIL)
    const bytes = Buffer.alloc(size - offset)
    await file.read(bytes, 0, bytes.length, offset)
    return { bytes, offset }
  } finally {
    await file.close()
  }
}

/** Lines from the last to the first; the first is left out where the tail may begin in its middle. */
function* linesBackwards(bytes: Buffer, partial: boolean): Generator<Line> {
  const mark = bytes.includes(10) ? 10 : 13
  let end = bytes.at(-1) === mark ? bytes.length - 1 : bytes.length
  while (end >= 0) {
    const before = end === 0 ? -1 : bytes.lastIndexOf(mark, end - 1)
    if (before < 0 && partial) return
    yield { text: bytes.toString('utf8', before + 1, end).replace(/\r$/, ''), start: before + 1 }
    if (before < 0) return
    end = before
  }
}
