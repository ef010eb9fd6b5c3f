import { deflateRaw, crc32 } from 'node:zlib'
import { promisify } from 'node:util'

/** A file of an archive. */
export type ZipEntry = { readonly name: string; readonly data: Uint8Array }

const deflate = promisify(deflateRaw)
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** Names are UTF-8. */
const FLAGS = 0x0800
const DEFLATE = 8
/** 1980-01-01, the first day that the format knows: equal content gives equal bytes. */
const DATE = 0x21
/** Sizes from here on would need ZIP64. */
const LIMIT = 0xffffffff

function record(fields: readonly (readonly [value: number, bytes: 2 | 4])[], tail: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of fields) at = head.writeUIntLE(value, at, bytes)
  return Buffer.concat([head, ...tail])
}

/** The files as a ZIP archive (PKWARE APPNOTE 6.3), deflated; files of 4 GiB and more do not fit. */
export async function zipFiles(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const packed = await deflate(data)
    if (data.length >= LIMIT || offset + packed.length >= LIMIT) throw new RangeError(`${name} is too large for an archive`)
    const path = Buffer.from(name)
    const common = [[20, 2], [FLAGS, 2], [DEFLATE, 2], [0, 2], [DATE, 2], [crc32(data), 4], [packed.length, 4], [data.length, 4], [path.length, 2], [0, 2]] as const
    const local = record([[LOCAL, 4], ...common], [path, packed])
    directory.push(record([[CENTRAL, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]], [path]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = record([[END, 4], [0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [central.length, 4], [offset, 4], [0, 2]], [])
  return Buffer.concat([...parts, central, end])
}
