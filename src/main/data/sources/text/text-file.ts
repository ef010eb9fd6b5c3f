import { open, rm } from 'node:fs/promises'
import type { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import type { Finding } from '../../finding.ts'
import { checkNotBinary, notText } from './binary-file.ts'
import { decideEncoding } from './decide-encoding.ts'
import { utf16ByNuls } from './detect-utf16.ts'
import { requireEncoding, type Encoding } from './encodings.ts'
import type { LineFacts } from './line-facts.ts'
import { mixedEncodings, mixedFinding } from './mixed-encodings.ts'
import { lineAt } from './read-blocks.ts'
import { scanText } from './scan-text.ts'
import { surveyLines } from './survey-lines.ts'
import { writeTemporary } from './temporary-folder.ts'
import { nulCharacter, transcode } from './transcode.ts'

/** A text file that was checked from beginning to end and can be read as UTF-8. */
export type TextFile = {
  /** The file itself, or a copy in UTF-8. */
  readonly path: string
  /** The encoding of the file itself. */
  readonly encoding: string
  /** From 0 (a guess) to 1 (certain). */
  readonly confidence: number
  readonly findings: readonly Finding[]
  readonly lines: LineFacts
  /** Removes the copy, if there is one. */
  close(): Promise<void>
}

const SURE_ENOUGH = 0.5

type Decision = { readonly encoding: Encoding; readonly confidence: number; readonly findings: readonly Finding[]; /** Known where the file can be read as it is. */ readonly lines?: LineFacts }

/**
 * Finds out the encoding of a text file, or takes the one that is said, and makes it readable as UTF-8: ASCII and UTF-8
 * files as they are, others by a copy in the engine's temporary folder. What is no text is a clear error. `watch` is called
 * now and then while the copy is written; it throws to stop that.
 */
export async function openText(engine: DataEngine, path: string, said?: string, watch?: () => void): Promise<TextFile> {
  const beginning = await readBeginning(path)
  checkNotBinary(path, beginning)
  const { encoding, confidence, findings, lines } = said === undefined ? await detect(path, beginning) : await asSaid(path, beginning, said)
  const about = { encoding: encoding.name, confidence, findings }
  if (lines !== undefined) return { ...about, path, lines, close: () => Promise.resolve() }
  const copy = await writeTemporary(engine, path, (target) => transcode(path, encoding, target, watch))
  return { ...about, path: copy.path, lines: copy.result, close: () => rm(copy.path, { force: true }) }
}

async function readBeginning(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(4096)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function asSaid(path: string, beginning: Buffer, said: string): Promise<Decision> {
  const wanted = requireEncoding(said)
  const marked = byteOrderMark(beginning)
  if (wanted.name.startsWith('utf-16')) {
    // "utf-16" leaves the byte order to the mark.
    const encoding = marked?.startsWith('utf-16') === true ? requireEncoding(marked) : wanted
    return { encoding, confidence: 1, findings: [] }
  }
  if (wanted.family !== 'unicode') return { encoding: wanted, confidence: 1, findings: [] }
  const scan = await scanText(path)
  if (scan.kind === 'utf-8') return utf8(scan.ascii, marked, scan.lines)
  if (scan.kind === 'nul') throw nulCharacter(path, await lineAt(path, scan.offset))
  // Reading it as UTF-8 after all shows where it fails.
  return { encoding: wanted, confidence: 1, findings: [] }
}

async function detect(path: string, beginning: Buffer): Promise<Decision> {
  const marked = byteOrderMark(beginning)
  if (marked?.startsWith('utf-16') === true) return { encoding: requireEncoding(marked), confidence: 1, findings: [] }
  const scan = await scanText(path)
  if (scan.kind === 'utf-8') return utf8(scan.ascii, marked, scan.lines)
  if (scan.kind === 'nul') {
    const order = utf16ByNuls(scan.beginning)
    if (order === undefined) throw await nulBytes(path, beginning, scan.offset)
    return { encoding: requireEncoding(order), confidence: 0.95, findings: [] }
  }
  const survey = await surveyLines(path)
  if (survey.nul !== undefined) throw await nulBytes(path, beginning, survey.nul)
  const guess = decideEncoding(survey)
  const mixed = mixedEncodings(path, survey, guess.encoding)
  if (mixed !== undefined) throw mixed
  return { encoding: guess.encoding, confidence: guess.confidence, findings: [...uncertain(guess), ...mixedFinding(survey, guess.encoding)] }
}

function utf8(ascii: boolean, marked: string | undefined, lines: LineFacts): Decision {
  const name = marked === 'utf-8' ? 'utf-8-bom' : ascii ? 'ascii' : 'utf-8'
  return { encoding: requireEncoding(name), confidence: 1, findings: [], lines }
}

function byteOrderMark(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

async function nulBytes(path: string, beginning: Buffer, offset: number): Promise<MillraceError> {
  const line = await lineAt(path, offset)
  return offset < beginning.length ? notText(path, undefined, line) : nulCharacter(path, line)
}

function uncertain({ encoding, confidence, why, others }: ReturnType<typeof decideEncoding>): Finding[] {
  if (confidence >= SURE_ENOUGH) return []
  const or = others.length === 0 ? '' : ` It may also be ${others.join(' or ')}.`
  return [
    {
      kind: 'uncertain-encoding',
      message: `The file is read as ${encoding.name} (confidence ${confidence.toFixed(2)}) because ${why}.${or} Where letters with accents look wrong, set the encoding.`,
    },
  ]
}
