import { isAscii, isUtf8 } from 'node:buffer'
import { lineFacts, type LineFacts } from './line-facts.ts'
import { readBlocks, wholeCharacters } from './read-blocks.ts'

/** What one pass over a file says of it as UTF-8 text. The pass ends where the file turns out not to be that. */
export type TextScan =
  | { readonly kind: 'utf-8'; readonly ascii: boolean; readonly lines: LineFacts }
  /** A NUL byte at `offset`: UTF-16, or no text. `beginning` holds up to 4 MiB of the file. */
  | { readonly kind: 'nul'; readonly offset: number; readonly beginning: Buffer }
  /** Bytes that are not UTF-8. */
  | { readonly kind: 'other' }

/** Reads a file until it is known whether it is UTF-8 text; one that is, is read whole. */
export async function scanText(path: string): Promise<TextScan> {
  const lines = lineFacts()
  let ascii = true
  let beginning: Buffer | undefined
  for await (const { bytes, offset } of readBlocks(path, wholeCharacters)) {
    const nul = bytes.indexOf(0)
    if (nul >= 0) return { kind: 'nul', offset: offset + nul, beginning: offset === 0 ? Buffer.from(bytes) : (beginning ?? Buffer.alloc(0)) }
    if (!isUtf8(bytes)) return { kind: 'other' }
    ascii &&= isAscii(bytes)
    if (offset === 0) beginning = Buffer.from(bytes.subarray(0, 1 << 16))
    lines.take(bytes)
  }
  return { kind: 'utf-8', ascii, lines: lines.finish() }
}
