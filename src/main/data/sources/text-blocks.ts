import { closeSync, openSync, readSync } from 'node:fs'
import { TextDecoder } from 'node:util'

const BLOCK = 1 << 20

/**
 * A file's text as UTF-8 in blocks of about a megabyte, without its byte order mark. UTF-16 with a mark is converted; whether
 * the rest is UTF-8 is for the reader of the blocks to check. `watch` is called for each block; it throws to stop.
 */
export function* textBlocks(path: string, watch: () => void = () => undefined): Generator<Buffer> {
  const descriptor = openSync(path, 'r')
  try {
    let decoder: TextDecoder | undefined
    for (let position = 0; ; ) {
      watch()
      const buffer = Buffer.allocUnsafe(BLOCK)
      const length = readSync(descriptor, buffer, 0, BLOCK, position)
      if (length === 0) break
      const isFirst = position === 0
      position += length
      const bytes = buffer.subarray(0, length)
      if (isFirst) decoder = decoderOf(bytes)
      if (decoder === undefined) yield isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
      else yield Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8')
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The decoder of a file that begins with a byte order mark of UTF-16. */
function decoderOf(beginning: Buffer): TextDecoder | undefined {
  if (beginning[0] === 0xff && beginning[1] === 0xfe) return new TextDecoder('utf-16le')
  if (beginning[0] === 0xfe && beginning[1] === 0xff) return new TextDecoder('utf-16be')
  return undefined
}
