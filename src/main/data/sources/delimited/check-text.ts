import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { MillraceError } from '#shared/errors.ts'

const BLOCK = 4 << 20
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** What the bytes of a text file say. */
export type TextFacts = {
  readonly byteOrderMark: boolean
  /** True where some lines end with CR LF and others with LF alone. */
  readonly mixedLineEnds: boolean
  /** The first 256 KiB as text, without the byte order mark. */
  readonly sample: string
  /** True where the file goes on after `sample`. */
  readonly cut: boolean
}

const SAMPLE_BYTES = 256 << 10

/** Reads a whole file once to make sure that it is UTF-8 text; anything else is an error that names the line. */
export async function checkText(path: string): Promise<TextFacts> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(BLOCK)
    let sample = ''
    let cut = false
    let byteOrderMark = false
    let linesBefore = 0
    let kept = 0 // bytes of a character that the block before cut off, moved to the front
    let ends = { crlf: false, lf: false, lastWasCr: false }
    for (let block = 0; ; block++) {
      const { bytesRead } = await file.read(buffer, kept, BLOCK - kept)
      const length = kept + bytesRead
      if (length === 0) break
      const whole = bytesRead === 0 ? length : wholeCharacters(buffer, length)
      const bytes = buffer.subarray(0, whole)
      checkBytes(path, bytes, linesBefore)
      if (block === 0) {
        byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
        const end = Math.min(SAMPLE_BYTES, bytes.length)
        cut = end < bytes.length || bytesRead === BLOCK
        sample = bytes.toString('utf8', byteOrderMark ? 3 : 0, wholeCharacters(bytes, end))
      }
      linesBefore += countLines(bytes)
      ends = lineEnds(bytes, ends)
      buffer.copyWithin(0, whole, length)
      kept = length - whole
      if (bytesRead === 0) break
    }
    return { byteOrderMark, mixedLineEnds: ends.crlf && ends.lf, sample, cut }
  } finally {
    await file.close()
  }
}

function checkBytes(path: string, bytes: Buffer, linesBefore: number): void {
  if (linesBefore === 0 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    throw notUtf8(path, 1, 'The file is UTF-16 text.', 'UTF-16')
  }
  if (bytes.includes(0) || mostlyControl(bytes.subarray(0, 4096))) {
    const zero = bytes.indexOf(0)
    const line = linesBefore + countLines(bytes.subarray(0, Math.max(0, zero))) + 1
    throw new MillraceError({
      code: 'invalid-data',
      headline: 'This is not a text file',
      message: `${path} holds binary data (line ${line}), not delimited text.`,
      nextStep: 'Export the data as CSV in UTF-8. If it is a spreadsheet, an archive or a database, save the table from the program it belongs to.',
      details: { file: path, line },
    })
  }
  if (!isUtf8(bytes)) {
    const line = linesBefore + invalidLine(bytes)
    throw notUtf8(path, line, `Line ${line} holds bytes that are not UTF-8 text; the file may be in an older encoding such as Windows-1252 or Latin-1.`)
  }
}

function notUtf8(path: string, line: number, reason: string, encoding = 'WINDOWS-1252'): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file is not UTF-8 text',
    message: `${path}: ${reason}`,
    nextStep: `Save it again with the encoding UTF-8 (in Excel: "CSV UTF-8"; in a terminal: iconv -f ${encoding} -t UTF-8 old.csv > new.csv).`,
    details: { file: path, line },
  })
}

/** 1-based number of the first line that is not UTF-8. */
function invalidLine(bytes: Buffer): number {
  let line = 1
  let start = 0
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start)
    const end = found < 0 ? bytes.length : found + 1
    if (!isUtf8(bytes.subarray(start, end))) return line
    start = end
    line++
  }
  return line
}

/** Length of `bytes[0, length)` without a character that the end cuts off. */
function wholeCharacters(bytes: Buffer, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) return length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? length - back : length
  }
  return length
}

function mostlyControl(bytes: Buffer): boolean {
  let control = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) control++
  return control > 2 && control > bytes.length / 10
}

function countLines(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}

type LineEnds = { readonly crlf: boolean; readonly lf: boolean; readonly lastWasCr: boolean }

function lineEnds(bytes: Buffer, before: LineEnds): LineEnds {
  let { crlf, lf } = before
  for (let at = bytes.indexOf(LINE_FEED); at >= 0 && !(crlf && lf); at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (at === 0 ? before.lastWasCr : bytes[at - 1] === CARRIAGE_RETURN) crlf = true
    else lf = true
  }
  return { crlf, lf, lastWasCr: bytes.at(-1) === CARRIAGE_RETURN }
}
