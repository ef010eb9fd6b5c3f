/** A piece of a text to replace; offsets are in UTF-16 units. */
export type Splice = { readonly from: number; readonly to: number; readonly text: string }

/** The text with all splices that do not overlap; of two that do, the later one in the text is left for another pass. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = splices.toSorted((a, b) => a.from - b.from || a.to - b.to)
  let result = ''
  let done = 0
  let first = true
  for (const splice of ordered) {
    if (splice.from < done || (splice.from === done && !first)) continue
    result += text.slice(done, splice.from) + splice.text
    done = splice.to
    first = false
  }
  return result + text.slice(done)
}

/** Line end that the text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Offset of the first character of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Offset after the last character of the line that holds an offset, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  if (at < 0) return text.length
  return text[at - 1] === '\r' ? at - 1 : at
}

/** Offset of the next line; the end of the text in the last one. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at < 0 ? text.length : at + 1
}

/** True where only spaces stand before an offset in its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^\s*$/.test(text.slice(lineStart(text, offset), offset))
}

/** Start of the comment lines right above a line, without a blank line between. */
export function withCommentAbove(text: string, start: number): number {
  let from = start
  while (from > 0) {
    const above = lineStart(text, from - 1)
    if (!/^\s*#/.test(text.slice(above, from))) return from
    from = above
  }
  return from
}

/** Lines to stand after the line that holds `offset`, indented by `column` spaces. */
export function linesAfter(text: string, offset: number, lines: readonly string[], column: number): Splice {
  const at = lineEnd(text, offset)
  const end = lineEndOf(text)
  return { from: at, to: at, text: lines.map((line) => end + pad(line, column)).join('') }
}

/** Lines to stand before the line that begins at `start`. */
export function linesBefore(text: string, start: number, lines: readonly string[], column: number): Splice {
  const end = lineEndOf(text)
  return { from: start, to: start, text: lines.map((line) => pad(line, column) + end).join('') }
}

/** The first line as it is, the others indented by `column` spaces. */
export function hanging(text: string, lines: readonly string[], column: number): string {
  const [first = '', ...rest] = lines
  return [first, ...rest.map((line) => pad(line, column))].join(lineEndOf(text))
}

function pad(line: string, column: number): string {
  return line === '' ? '' : ' '.repeat(column) + line
}
