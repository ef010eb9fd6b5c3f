import { isUtf8 } from 'node:buffer'
import { readBlocks, wholeLines } from './read-blocks.ts'

/** A line of a file: its 1-based number and its bytes. */
export type ByteLine = { readonly line: number; readonly bytes: Buffer }

/** What the lines with other than ASCII bytes say about the encoding of a file. */
export type LineSurvey = {
  /** Lines that are UTF-8, and the first of them. */
  readonly utf8: number
  readonly firstUtf8: ByteLine | undefined
  /** Lines that are not, and the first of them. */
  readonly other: number
  readonly firstOther: ByteLine | undefined
  /** True where a byte from 0x80 to 0x9f occurs: text in Windows code pages has them, text in ISO 8859 has not. */
  readonly c1: boolean
  /** Offset of the first NUL byte. */
  readonly nul: number | undefined
  /** Lines with such bytes from all over the file, at most 2 KiB from each 4 MiB and 256 KiB in all. */
  readonly samples: readonly Buffer[]
}

const LINE_FEED = 10
const CARRIAGE_RETURN = 13
const PER_BLOCK = 2 << 10
const IN_ALL = 256 << 10

/** Reads a whole file that is not UTF-8 to find out what else it is. */
export async function surveyLines(path: string): Promise<LineSurvey> {
  let lines = 0
  let utf8 = 0
  let other = 0
  let firstUtf8: ByteLine | undefined
  let firstOther: ByteLine | undefined
  let c1 = false
  let nul: number | undefined
  const samples: Buffer[] = []
  for await (const { bytes, offset } of readBlocks(path, wholeLines)) {
    if (nul === undefined && bytes.includes(0)) nul = offset + bytes.indexOf(0)
    const block = surveyBlock(bytes)
    const numbered = (line: ByteLine | undefined): ByteLine | undefined => line && { ...line, line: lines + line.line }
    firstUtf8 ??= numbered(block.firstUtf8)
    firstOther ??= numbered(block.firstOther)
    lines += block.lines
    utf8 += block.utf8
    other += block.other
    c1 ||= block.c1
    samples.push(...block.samples)
  }
  return { utf8, firstUtf8, other, firstOther, c1, nul, samples: spread(samples) }
}

type BlockSurvey = Omit<LineSurvey, 'nul'> & { readonly lines: number }

/** Looks at lines byte by byte (a call for each of many short lines would take longer) and tries only those that may be UTF-8. */
function surveyBlock(bytes: Buffer): BlockSurvey {
  const mark = bytes.includes(LINE_FEED) ? LINE_FEED : CARRIAGE_RETURN
  let lines = 0
  let utf8 = 0
  let other = 0
  let firstUtf8: ByteLine | undefined
  let firstOther: ByteLine | undefined
  let c1 = false
  const samples: Buffer[] = []
  let room = PER_BLOCK
  let start = 0
  let foreign = false
  let pairs = false // a byte that may begin a UTF-8 character, and one that may follow it
  let before = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x80) {
      foreign = true
      if (byte < 0xa0) c1 = true
      if (byte < 0xc0 && before >= 0xc2) pairs = true
    }
    before = byte
    if (byte !== mark && at + 1 < bytes.length) continue
    lines++
    if (foreign) {
      const isText = pairs && isUtf8(bytes.subarray(start, at + 1))
      if (isText) utf8++
      else other++
      if (isText) firstUtf8 ??= { line: lines, bytes: Buffer.from(bytes.subarray(start, at + 1)) }
      else firstOther ??= { line: lines, bytes: Buffer.from(bytes.subarray(start, at + 1)) }
      if (room > 0) samples.push(Buffer.from(bytes.subarray(start, start + wholeWords(bytes.subarray(start, at + 1)))))
      room -= at + 1 - start
    }
    start = at + 1
    foreign = false
    pairs = false
  }
  return { lines, utf8, firstUtf8, other, firstOther, c1, samples }
}

/** Length of a line's beginning of at most 2 KiB that ends before a blank or sign, which are no second bytes of any encoding. */
function wholeWords(line: Buffer): number {
  if (line.length <= PER_BLOCK) return line.length
  for (let end = PER_BLOCK; end > PER_BLOCK / 2; end--) if ((line[end] ?? 0) < 0x30) return end
  return PER_BLOCK
}

/** Evenly chosen samples that are not too many bytes in all. */
function spread(samples: readonly Buffer[]): readonly Buffer[] {
  const total = samples.reduce((sum, sample) => sum + sample.length, 0)
  const every = Math.ceil(total / IN_ALL)
  return every <= 1 ? samples : samples.filter((_, index) => index % every === 0)
}
