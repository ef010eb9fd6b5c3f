import { open } from 'node:fs/promises'

const BLOCK = 4 << 20

/** A part of a file: its bytes, valid until the next one is asked for, and where it starts. */
export type Block = { readonly bytes: Buffer; readonly offset: number }

/**
 * Reads a file in blocks of up to 4 MiB. `whole` says how many bytes of a block belong together (0: as many as there are);
 * the rest begins the next block, so that nothing is cut in the middle.
 */
export async function* readBlocks(path: string, whole: (bytes: Buffer) => number): AsyncGenerator<Block> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(BLOCK)
    let kept = 0
    let offset = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, kept, BLOCK - kept)
      const length = kept + bytesRead
      if (length === 0) return
      const wanted = bytesRead === 0 ? length : whole(buffer.subarray(0, length))
      const size = wanted === 0 && length === BLOCK ? length : wanted
      if (size > 0) yield { bytes: buffer.subarray(0, size), offset }
      buffer.copyWithin(0, size, length)
      kept = length - size
      offset += size
      if (bytesRead === 0) return
    }
  } finally {
    await file.close()
  }
}

/** Number of bytes up to the last line feed, 0 where there is none. */
export function wholeLines(bytes: Buffer): number {
  return bytes.lastIndexOf(10) + 1
}

/** Number of bytes without a UTF-8 character that the end cuts off. */
export function wholeCharacters(bytes: Buffer): number {
  const { length } = bytes
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) return length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? length - back : length
  }
  return length
}

/** 1-based number of the line that holds the byte at `offset`. */
export async function lineAt(path: string, offset: number): Promise<number> {
  let lines = 1
  for await (const block of readBlocks(path, (bytes) => bytes.length)) {
    if (block.offset >= offset) break
    const bytes = block.bytes.subarray(0, offset - block.offset)
    const mark = bytes.includes(10) ? 10 : 13
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) lines++
  }
  return lines
}
