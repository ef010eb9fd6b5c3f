import { createWriteStream } from 'node:fs'
import { open, rename, rm, statfs } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MillraceError } from '#shared/errors.ts'
import { temporaryName } from '../../base/atomic-file.ts'
import { formatBytes } from '../../base/byte-size.ts'
import { makeFolders } from '../../base/make-folders.ts'

/** Free disk that uploads leave alone. */
const reserveBytes = 200e6

/** The upload is given up where nothing arrives for so long. */
const idleMilliseconds = 60_000

/** A name of a file that is harmless on every system; keeps what it can of the name that the browser gave. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const { name: stem, ext } = parse(plain)
  if (stem === '') return `upload${ext}`
  // Devices of Windows, with any ending.
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem.split('.')[0] ?? '') ? `_${stem}` : stem
  return `${cut(reserved, 180)}${cut(ext, 40)}`
}

/** The beginning of a text in at most so many bytes, without half a character: most file systems allow 255 in a name. */
function cut(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  return whole.length <= bytes ? text : new TextDecoder().decode(whole.subarray(0, bytes)).replace(/\uFFFD+$/, '')
}

/**
 * Streams a body to a new file of `folder` and gives its path; the file appears under its name when it is whole. Throws `disk-full`
 * before it starts or on the way where the disk would not hold it, `timeout` where the sender falls silent.
 */
export async function receiveUpload(body: ReadableStream<Uint8Array>, folder: string, name: string, announcedBytes: number | undefined): Promise<string> {
  await makeFolders(folder)
  const { bavail, bsize } = await statfs(folder)
  const room = bavail * bsize - reserveBytes
  if (announcedBytes !== undefined && announcedBytes > room) throw noRoom(announcedBytes, room)
  const path = await reserve(folder, safeName(name))
  const temporary = temporaryName(path)
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), limited(room), createWriteStream(temporary, { flags: 'wx', flush: true }))
    await rename(temporary, path)
    return path
  } catch (error) {
    await Promise.all([rm(temporary, { force: true }), rm(path, { force: true })])
    throw error
  }
}

/** Passes the bytes on; fails where they are too many, or none comes for a while. */
function limited(room: number): (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array> {
  return async function* passOn(source) {
    const chunks = source[Symbol.asyncIterator]()
    let size = 0
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          reject(new MillraceError({ code: 'timeout', headline: 'The upload stopped', message: 'Nothing arrived for a minute.', nextStep: 'Upload the file again.', retryable: true }))
        }, idleMilliseconds)
      })
      const next = await Promise.race([chunks.next(), late]).finally(() => {
        clearTimeout(timer)
      })
      if (next.done === true) return
      size += next.value.byteLength
      if (size > room) throw noRoom(size, room)
      yield next.value
    }
  }
}

/** Takes the first free name by an empty file: `a.csv`, `a (2).csv`, … */
async function reserve(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name)
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem} (${String(number)})${ext}`)
    try {
      await (await open(path, 'wx')).close()
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function noRoom(bytes: number, room: number): MillraceError {
  return new MillraceError({
    code: 'disk-full',
    headline: 'The disk has no room for the file',
    message: `The file has ${formatBytes(bytes)} or more, and ${formatBytes(Math.max(0, room))} may be used.`,
    nextStep: 'Free some space, or choose the file by its path on this machine.',
  })
}
