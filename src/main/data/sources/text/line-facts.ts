const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const DOUBLE_QUOTE = 34
const WINDOW = 1 << 20

/** How the lines of a text end, and its longest line. */
export type LineFacts = {
  /** True where some line ends so. A carriage return by itself may also stand in a quoted cell. */
  readonly lf: boolean
  readonly crlf: boolean
  readonly cr: boolean
  /** True where a double quote stands somewhere. */
  readonly quotes: boolean
  /** The longest line of more than a mebibyte: where it starts and its length, both in bytes; undefined where all are shorter. */
  readonly long: { readonly start: number; readonly bytes: number } | undefined
}

/** Gathers facts about lines from the blocks of a text in UTF-8, in order. */
export function lineFacts(): { take(bytes: Uint8Array): void; finish(): LineFacts } {
  let ends = { lf: false, crlf: false, cr: false }
  let pending = false // the block before ended with a carriage return
  let quotes = false
  let offset = 0
  let lineStart = 0
  let long: { start: number; bytes: number } | undefined
  const measure = (end: number): void => {
    if (end - lineStart > Math.max(WINDOW, long?.bytes ?? 0)) long = { start: lineStart, bytes: end - lineStart }
  }
  return {
    take(block) {
      const bytes = Buffer.from(block.buffer, block.byteOffset, block.length)
      ends = endsOf(bytes, ends, pending)
      quotes ||= bytes.includes(DOUBLE_QUOTE)
      pending = bytes.at(-1) === CARRIAGE_RETURN
      // A line of more than a window passes over the whole of one: only the first and last line end of each window count.
      for (let from = 0; from < bytes.length; from += WINDOW) {
        const window = bytes.subarray(from, from + WINDOW)
        const mark = window.includes(LINE_FEED) ? LINE_FEED : CARRIAGE_RETURN
        const first = window.indexOf(mark)
        if (first < 0) continue
        measure(offset + from + first)
        lineStart = offset + from + window.lastIndexOf(mark) + 1
      }
      offset += bytes.length
    },
    finish() {
      measure(offset)
      return { ...ends, cr: ends.cr || pending, quotes, long }
    },
  }
}

type Ends = Pick<LineFacts, 'lf' | 'crlf' | 'cr'>

function endsOf(bytes: Buffer, before: Ends, pending: boolean): Ends {
  let { lf, crlf, cr } = before
  if (!bytes.includes(CARRIAGE_RETURN) && !pending) return { lf: lf || bytes.includes(LINE_FEED), crlf, cr }
  if (lf && crlf && cr) return { lf, crlf, cr }
  // Byte by byte: quicker than a search for each of many short lines.
  let last = pending ? CARRIAGE_RETURN : 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === LINE_FEED) {
      if (last === CARRIAGE_RETURN) crlf = true
      else lf = true
    } else if (last === CARRIAGE_RETURN) cr = true
    last = byte
  }
  return { lf, crlf, cr }
}
