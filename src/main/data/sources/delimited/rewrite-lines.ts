import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Which part of a text to write again, and how. */
export type LineRewriting = {
  /** Number of lines at the beginning to leave out. */
  readonly skip: number
  /** Byte at which to stop; the end of the file if not said. */
  readonly end?: number | undefined
  /** Line ends inside these quotes are kept; '' where nothing is quoted. */
  readonly quote: string
  /** Beginning of lines to leave out. */
  readonly comment?: string | undefined
  /** What becomes of a line, given its 1-based number in the file. */
  readonly line?: ((text: string, number: number) => string) | undefined
  /** Called now and then; throws to stop. */
  readonly watch?: (() => void) | undefined
}

/** What came of it. */
export type RewrittenLines = {
  /** Number of comment lines that were left out behind `skip`. */
  readonly comments: number
  /** The number in the file of the line with a number in the copy; both count from 1. */
  originalLine(copied: number): number
}

/** Writes a UTF-8 text again line by line, every line outside quotes ended by LF alone. */
export async function rewriteLines(from: string, to: string, rewriting: LineRewriting): Promise<RewrittenLines> {
  const dropped: number[] = []
  const { skip, end } = rewriting
  const stream = createReadStream(from, { highWaterMark: 1 << 20, ...(end === undefined ? {} : { end: end - 1 }) })
  if (end !== 0) await pipeline(stream, lineTransform(rewriting, dropped), createWriteStream(to))
  return {
    comments: dropped.length,
    originalLine(copied) {
      let line = copied + skip
      for (const number of dropped) {
        if (number > line) break
        line++
      }
      return line
    },
  }
}

function lineTransform({ skip, quote, comment, line: change, watch }: LineRewriting, dropped: number[]): Transform {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  let number = 0
  let inQuotes = false
  const take = (text: string, ending: string): string => {
    number++
    if (number <= skip) return ''
    const inside = inQuotes
    if (quote !== '' && occurrences(text, quote) % 2 === 1) inQuotes = !inQuotes
    if (inside) return text + (inQuotes ? ending : ending === '' ? '' : '\n')
    if (comment !== undefined && text.trimStart().startsWith(comment)) {
      inQuotes = false
      dropped.push(number)
      return ''
    }
    return (change === undefined ? text : change(text, number)) + (ending === '' ? '' : inQuotes ? ending : '\n')
  }
  const takeAll = (text: string, last: boolean): string => {
    const parts: string[] = []
    const lineEnd = /\r\n|\n|\r/g
    let start = 0
    for (let found = lineEnd.exec(text); found !== null; found = lineEnd.exec(text)) {
      if (!last && found[0] === '\r' && lineEnd.lastIndex === text.length) break // perhaps half of CR LF
      parts.push(take(text.slice(start, found.index), found[0]))
      start = lineEnd.lastIndex
    }
    rest = text.slice(start)
    if (last && rest !== '') parts.push(take(rest, ''))
    return parts.join('')
  }
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      run(() => {
        watch?.()
        return takeAll(rest + decoder.decode(block, { stream: true }), false)
      }, done)
    },
    flush(done) {
      run(() => takeAll(rest + decoder.decode(), true), done)
    },
  })
}

function run(work: () => string, done: (error: Error | null, text?: string) => void): void {
  let text: string
  try {
    text = work()
  } catch (error) {
    done(error as Error)
    return
  }
  done(null, text)
}

function occurrences(text: string, mark: string): number {
  let count = 0
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count++
  return count
}
