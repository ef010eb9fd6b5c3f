import { isAscii, isUtf8 } from 'node:buffer'
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

const PER_BLOCK = 2 << 10
const IN_ALL = 256 << 10

/** Reads a whole file that is not UTF-8 to find out what else it is. */
export async function surveyLines(path: string): Promise<LineSurvey> {
  let number = 0
  let utf8 = 0
  let other = 0
  let firstUtf8: ByteLine | undefined
  let firstOther: ByteLine | undefined
  let c1 = false
  let nul: number | undefined
  const samples: Buffer[] = []
  for await (const { bytes, offset } of readBlocks(path, wholeLines)) {
    if (nul === undefined && bytes.includes(0)) nul = offset + bytes.indexOf(0)
    c1 ||= /[\x80-\x9f]/.test(bytes.toString('latin1'))
    let room = PER_BLOCK
    for (const line of linesOf(bytes)) {
      number++
      if (isAscii(line)) continue
      if (isUtf8(line)) {
        utf8++
        firstUtf8 ??= { line: number, bytes: Buffer.from(line) }
      } else {
        other++
        firstOther ??= { line: number, bytes: Buffer.from(line) }
      }
      if (room > 0) {
        samples.push(Buffer.from(line.subarray(0, wholeWords(line))))
        room -= line.length
      }
    }
  }
  return { utf8, firstUtf8, other, firstOther, c1, nul, samples: spread(samples) }
}

/** Length of a line's beginning of at most 2 KiB that ends before a blank or sign, which are no second bytes of any encoding. */
function wholeWords(line: Buffer): number {
  if (line.length <= PER_BLOCK) return line.length
  for (let end = PER_BLOCK; end > PER_BLOCK / 2; end--) if ((line[end] ?? 0) < 0x30) return end
  return PER_BLOCK
}

/** Lines with their ends; carriage returns end lines where there is no line feed. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  const mark = bytes.includes(10) ? 10 : 13
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(mark, start)
    const end = found < 0 ? bytes.length : found + 1
    yield bytes.subarray(start, end)
    start = end
  }
}

/** Evenly chosen samples that are not too many bytes in all. */
function spread(samples: readonly Buffer[]): readonly Buffer[] {
  const total = samples.reduce((sum, sample) => sum + sample.length, 0)
  const every = Math.ceil(total / IN_ALL)
  return every <= 1 ? samples : samples.filter((_, index) => index % every === 0)
}
