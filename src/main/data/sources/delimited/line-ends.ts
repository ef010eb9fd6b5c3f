import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { DataEngine } from '../../engine.ts'

const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * A copy of a text file in the engine's temporary folder with every line ended by LF alone; cells in quotes keep what they
 * hold. DuckDB refuses files that mix line ends.
 */
export async function evenLineEnds(engine: DataEngine, path: string, quote: string): Promise<string> {
  const [setting] = await engine.rows(`SELECT current_setting('temp_directory') AS folder`, z.object({ folder: z.string() }))
  const folder = setting?.folder ?? ''
  await mkdir(folder, { recursive: true })
  const copy = join(folder, `even-lines-${randomUUID()}.csv`)
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), withoutCarriageReturns(quote), createWriteStream(copy))
  return copy
}

function withoutCarriageReturns(quote: string): Transform {
  const quoteByte = quote === '' ? -1 : quote.charCodeAt(0)
  let inQuotes = false
  let pending = false // a carriage return that the end of the block left undecided
  return new Transform({
    transform(block: Buffer, _encoding, done) {
      const out = Buffer.allocUnsafe(block.length + 1)
      let length = 0
      for (const byte of block) {
        if (pending && byte !== LINE_FEED) out[length++] = CARRIAGE_RETURN
        pending = false
        if (byte === quoteByte) inQuotes = !inQuotes
        if (byte === CARRIAGE_RETURN && !inQuotes) pending = true
        else out[length++] = byte
      }
      done(null, out.subarray(0, length))
    },
    flush(done) {
      done(null, pending ? Buffer.from([LINE_FEED]) : undefined)
    },
  })
}
