import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MillraceError } from '#shared/errors.ts'
import type { Encoding } from './encodings.ts'
import { lineFacts, type LineFacts } from './line-facts.ts'
import { openDecoder } from './open-decoder.ts'
import { otherEncoding } from './other-encoding.ts'
import { shownBytes } from './shown-bytes.ts'

/** Writes a file of any encoding again in UTF-8 without a byte order mark, block by block; what is not text in that encoding is an error that names its line. */
export async function transcode(from: string, encoding: Encoding, to: string, watch?: () => void): Promise<LineFacts> {
  const lines = lineFacts()
  await pipeline(createReadStream(from, { highWaterMark: 1 << 20 }), toUtf8(from, encoding, (bytes) => {
    watch?.()
    lines.take(bytes)
  }), createWriteStream(to))
  return lines.finish()
}

function toUtf8(file: string, encoding: Encoding, onText: (bytes: Uint8Array) => void): Transform {
  const decoder = openDecoder(encoding)
  let line = 1 // of the first byte of the next block
  const refuse = (block: Buffer): MillraceError => {
    const at = startOfCharacter(block, firstUnreadable(block, encoding))
    const lineNumber = line + count(block.subarray(0, at), 10)
    const bytes = shownBytes(block.subarray(at, at + 4))
    const problem = bytes === '' ? `the file ends in the middle of a character of ${encoding.name}` : `the bytes ${bytes} are no characters in ${encoding.name}`
    return new MillraceError({
      code: 'invalid-data',
      headline: `The file is not text in the encoding ${encoding.name}`,
      message: `${file}, line ${lineNumber}: ${problem}.`,
      nextStep: 'Save the file again in UTF-8.',
      details: { file, line: lineNumber, value: bytes, encoding: encoding.name, remedy: otherEncoding },
    })
  }
  const decode = (block: Buffer, stream: boolean): Buffer => {
    const text = attempt(() => decoder.decode(block, { stream }), () => refuse(block))
    const nul = text.indexOf('\0')
    if (nul >= 0) throw nulCharacter(file, line + count(Buffer.from(text.slice(0, nul)), 10))
    const bytes = Buffer.from(text)
    onText(bytes)
    line += count(bytes, 10)
    return bytes
  }
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      settle(() => decode(block, true), done)
    },
    flush(done) {
      settle(() => decode(Buffer.alloc(0), false), done)
    },
  })
}

function settle(work: () => Buffer, done: (error: Error | null, bytes?: Buffer) => void): void {
  let bytes: Buffer
  try {
    bytes = work()
  } catch (error) {
    done(error as Error)
    return
  }
  done(null, bytes)
}

function attempt<T>(work: () => T, explain: () => Error): T {
  try {
    return work()
  } catch {
    throw explain()
  }
}

/** Offset of about the first byte that cannot be read: the end of the longest beginning that can. */
function firstUnreadable(block: Buffer, encoding: Encoding): number {
  let low = 0
  let high = block.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    try {
      openDecoder(encoding).decode(block.subarray(0, middle), { stream: true })
      low = middle
    } catch {
      high = middle - 1
    }
  }
  return low
}

/** Where the character that bytes up to `at` cut off begins. */
function startOfCharacter(block: Buffer, at: number): number {
  let start = at
  while (start > 0 && at - start < 3 && (block[start - 1] ?? 0) >= 0x80) start--
  return start
}

function count(bytes: Buffer, byte: number): number {
  let found = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === byte) found++
  return found
}

/** The error for a NUL character, which no cell can hold. */
export function nulCharacter(file: string, line: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file holds NUL bytes',
    message: `${file}, line ${line}: a NUL byte stands in the text, as in binary data or a file that was not written to its end.`,
    nextStep: 'Export the data again as CSV in UTF-8, or remove the NUL bytes.',
    details: { file, line },
  })
}
