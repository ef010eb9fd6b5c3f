import { open } from 'node:fs/promises'
import { wholeCharacters } from '../text/read-blocks.ts'
import type { Sample } from './detect-layout.ts'

/** The first bytes of a UTF-8 text, without its byte order mark. */
export async function readSample(path: string, bytes: number): Promise<Sample> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.min(size, bytes))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    const read = buffer.subarray(0, bytesRead)
    return { text: read.toString('utf8', 0, wholeCharacters(read)).replace(/^\uFEFF/, ''), cut: bytesRead < size }
  } finally {
    await file.close()
  }
}
