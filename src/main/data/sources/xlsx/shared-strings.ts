import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { DataEngine } from '../../engine.ts'
import { temporaryFile } from '../spool.ts'
import type { Archive } from './open-archive.ts'
import { parseXml } from './parse-xml.ts'

/** The texts that cells refer to by number. */
export type SharedStrings = {
  /** Undefined where there is no text of that number. */
  at(index: number): string | undefined
  close(): Promise<void>
}

/** Bytes of texts that stay in memory; what is beyond lies in a file, of which memory holds the places (16 bytes each). */
const MEMORY_BYTES = 64 << 20

/** Reads the shared texts of a workbook; phonetic readings beside them are left out. */
export async function readSharedStrings(
  engine: DataEngine,
  file: string,
  archive: Archive,
  part: string | undefined,
  { watch = () => undefined, memoryBytes = MEMORY_BYTES }: { readonly watch?: () => void; readonly memoryBytes?: number } = {},
): Promise<SharedStrings> {
  const store = createStore(await temporaryFile(engine, 'texts'), memoryBytes)
  if (part === undefined) return store
  let text = ''
  let inText = false
  let phonetic = 0
  try {
    await parseXml(
      file,
      await archive.read(part),
      {
        open(name) {
          if (name === 'si') text = ''
          if (name === 'rPh') phonetic++
          inText = name === 't' && phonetic === 0
        },
        text(piece) {
          if (inText) text += piece
        },
        close(name) {
          if (name === 't') inText = false
          if (name === 'rPh') phonetic--
          if (name === 'si') store.add(unescapeText(text))
        },
      },
      watch,
    )
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** `_x000D_` and the like as the characters they stand for (ECMA-376 part 1, 22.4.2.4). */
export function unescapeText(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}

function createStore(path: string, memoryBytes: number): SharedStrings & { add(text: string): void } {
  const texts: string[] = []
  const places: { readonly at: number; readonly bytes: number }[] = []
  let kept = 0
  let written = 0
  let descriptor: number | undefined
  return {
    add(text) {
      if (kept + text.length * 2 <= memoryBytes && descriptor === undefined) {
        kept += text.length * 2 + 16
        texts.push(text)
        return
      }
      descriptor ??= openSync(path, 'wx+')
      const bytes = Buffer.from(text, 'utf8')
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at, bytes.length - at, written + at)
      places.push({ at: written, bytes: bytes.length })
      written += bytes.length
    },
    at(index) {
      const place = places[index - texts.length]
      if (place === undefined || descriptor === undefined) return texts[index]
      const bytes = Buffer.allocUnsafe(place.bytes)
      for (let at = 0; at < place.bytes; ) {
        const read = readSync(descriptor, bytes, at, place.bytes - at, place.at + at)
        if (read === 0) throw new Error('The file of shared texts is shorter than what was written to it')
        at += read
      }
      return bytes.toString('utf8')
    },
    async close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
      await rm(path, { force: true })
    },
  }
}
