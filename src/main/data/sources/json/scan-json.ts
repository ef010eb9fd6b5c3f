import { isUtf8 } from 'node:buffer'
import { MillraceError } from '#shared/errors.ts'

/** Values that follow each other at the top of the file, as in JSON lines. */
export const LINES = 'lines'
/** Elements of an array that is the whole file. */
export const TOP = '$'

/** A value among others of its kind: an element of an array, or one of the lines. */
export type JsonElement = {
  /** Where it stands: `LINES`, `TOP`, or the dotted path of its array. */
  readonly place: string
  readonly kind: 'object' | 'array' | 'scalar'
  /** Its text; empty where it was not asked for. */
  readonly text: string
  /** Line on which it starts, from 1. */
  readonly line: number
}

/** What to do with a file of JSON. */
export type JsonScan = {
  readonly file: string
  /** Walk into an object at the top, to the arrays in it; else it is an element itself. */
  readonly walk: boolean
  /** Place whose elements come with their text. */
  readonly wanted?: string
  /** Called for each element in order; false ends the scan. */
  onElement(element: JsonElement): boolean
}

/** Deepest nesting of a record. */
const MOST_DEPTH = 200
/** Deepest object in which arrays of records are looked for. */
const WALK_DEPTH = 16
/** Longest text of one record. */
const MOST_BYTES = 32 << 20

const QUOTE = 34
const BACKSLASH = 92
const COMMA = 44
const COLON = 58
const OPEN_OBJECT = 123
const CLOSE_OBJECT = 125
const OPEN_ARRAY = 91
const CLOSE_ARRAY = 93
const LINE_FEED = 10

/** An object or array around elements; `key` is set between a name and its value's end. */
type Frame = { readonly type: 'object' | 'array'; readonly path: string; key: string | undefined; afterValue: boolean }

type Value = { readonly kind: JsonElement['kind']; readonly line: number; readonly isKey: boolean; readonly collects: boolean; parts: Buffer[]; bytes: number }

type Scanner = {
  readonly scan: JsonScan
  readonly frames: Frame[]
  line: number
  /** What is being passed over. */
  state: 'between' | 'string' | 'brackets' | 'scalar'
  value: Value
  /** Open brackets of the value, and whether a string in it is open. */
  depth: number
  inString: boolean
  escaped: boolean
  goesOn: boolean
}

/**
 * Finds the elements of a JSON text block by block; memory is bounded by the longest element. Only the frame around the
 * elements is checked here: whoever takes their text parses it. Errors name the line.
 */
export function scanJson(blocks: Iterable<Buffer>, scan: JsonScan): void {
  const none: Value = { kind: 'scalar', line: 1, isKey: false, collects: false, parts: [], bytes: 0 }
  const scanner: Scanner = { scan, frames: [], line: 1, state: 'between', value: none, depth: 0, inString: false, escaped: false, goesOn: true }
  for (const block of blocks) {
    scanBlock(scanner, block)
    if (!scanner.goesOn) return
  }
  if (scanner.state === 'scalar') finish(scanner, Buffer.alloc(0))
  if (scanner.state !== 'between' || scanner.frames.length > 0) throw cutOff(scan.file, scanner.value.line)
}

function scanBlock(scanner: Scanner, block: Buffer): void {
  let at = 0
  while (at < block.length && scanner.goesOn) {
    if (scanner.state === 'between') at = between(scanner, block, at)
    if (scanner.state === 'between') continue
    const after = endOfValue(scanner, block, at)
    if (after < 0) {
      keep(scanner, block.subarray(at))
      return
    }
    finish(scanner, block.subarray(at, after))
    at = after
  }
}

/** Goes on to the next value, or to the end of the block, through the frames around it; returns where that is. */
function between(scanner: Scanner, block: Buffer, from: number): number {
  for (let at = from; at < block.length; at++) {
    const byte = block[at] ?? 0
    if (byte === LINE_FEED) scanner.line++
    if (byte === 32 || byte === LINE_FEED || byte === 13 || byte === 9) continue
    if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) close(scanner, byte)
    else if (byte === COMMA || byte === COLON) separate(scanner, byte)
    else if ((byte === OPEN_OBJECT || byte === OPEN_ARRAY) && walksInto(scanner, byte)) open(scanner, byte)
    else {
      begin(scanner, byte)
      return at
    }
    if (!scanner.goesOn) return at
  }
  return block.length
}

/** Where the value that was begun ends in this block; −1 where it goes on in the next. */
function endOfValue(scanner: Scanner, block: Buffer, from: number): number {
  if (scanner.state === 'brackets') return endOfBrackets(scanner, block, from)
  for (let at = from; at < block.length; at++) {
    const byte = block[at] ?? 0
    if (scanner.state === 'scalar') {
      if (byte <= 32 || byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) return at
    } else if (scanner.escaped) scanner.escaped = false
    else if (byte === BACKSLASH) scanner.escaped = true
    else if (byte === QUOTE && scanner.inString) return at + 1
    else scanner.inString = true
  }
  return -1
}

function endOfBrackets(scanner: Scanner, block: Buffer, from: number): number {
  let { depth, inString, escaped, line } = scanner
  let after = -1
  for (let at = from; at < block.length; at++) {
    const byte = block[at] ?? 0
    if (inString) {
      if (escaped) escaped = false
      else if (byte === BACKSLASH) escaped = true
      else if (byte === QUOTE) inString = false
    } else if (byte === QUOTE) inString = true
    else if (byte === LINE_FEED) line++
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (++depth > MOST_DEPTH) throw tooDeep(scanner.scan.file, line)
    } else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) {
      after = at + 1
      break
    }
  }
  Object.assign(scanner, { depth, inString, escaped, line })
  return after
}

function begin(scanner: Scanner, byte: number): void {
  const { scan, frames, line } = scanner
  const frame = frames.at(-1)
  const isKey = frame?.type === 'object' && frame.key === undefined
  if (isKey && byte !== QUOTE) throw fail(scanner, 'a name in double quotes is expected')
  if (frame?.type === 'array' && frame.afterValue) throw fail(scanner, 'a comma is missing between two values')
  const kind = byte === OPEN_OBJECT ? 'object' : byte === OPEN_ARRAY ? 'array' : 'scalar'
  const collects = isKey || (frame?.type !== 'object' && scan.wanted === placeOf(frame))
  scanner.value = { kind, line, isKey, collects, parts: [], bytes: 0 }
  scanner.state = kind === 'scalar' ? (byte === QUOTE ? 'string' : 'scalar') : 'brackets'
  scanner.depth = 0
  scanner.inString = false
  scanner.escaped = false
}

function keep({ value, scan }: Scanner, part: Buffer): void {
  value.bytes += part.length
  if (value.bytes > MOST_BYTES) throw tooLong(scan.file, value.line)
  if (value.collects) value.parts.push(part)
}

/** Ends the value with its last part and hands it on. */
function finish(scanner: Scanner, last: Buffer): void {
  keep(scanner, last)
  scanner.state = 'between'
  const { kind, line, isKey, collects, parts } = scanner.value
  const frame = scanner.frames.at(-1)
  const text = collects ? textOf(scanner, parts) : ''
  if (isKey && frame !== undefined) {
    frame.key = parseKey(text, () => fail(scanner, 'a name is not written properly'))
    return
  }
  if (frame !== undefined) frame.afterValue = true
  if (frame?.type !== 'object') scanner.goesOn = scanner.scan.onElement({ place: placeOf(frame), kind, text, line })
}

function textOf(scanner: Scanner, parts: readonly Buffer[]): string {
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
  if (!isUtf8(bytes)) throw fail(scanner, 'there are bytes that are not UTF-8 text', scanner.value.line)
  return bytes.toString('utf8')
}

function placeOf(frame: Frame | undefined): string {
  return frame === undefined ? LINES : frame.path
}

/** True where a bracket opens a frame around elements; else it opens an element. */
function walksInto({ scan, frames }: Scanner, byte: number): boolean {
  const frame = frames.at(-1)
  if (frame === undefined) return byte === OPEN_ARRAY || scan.walk
  return frame.type === 'object' && frame.key !== undefined && frames.length < WALK_DEPTH
}

function open({ frames }: Scanner, byte: number): void {
  const frame = frames.at(-1)
  const path = frame === undefined ? TOP : frame.path === TOP ? (frame.key ?? '') : `${frame.path}.${frame.key ?? ''}`
  frames.push({ type: byte === OPEN_OBJECT ? 'object' : 'array', path, key: undefined, afterValue: false })
}

function close(scanner: Scanner, byte: number): void {
  const frame = scanner.frames.pop()
  if (frame === undefined || (frame.type === 'object') !== (byte === CLOSE_OBJECT)) throw fail(scanner, 'a bracket closes what was not opened')
  const outer = scanner.frames.at(-1)
  if (outer !== undefined) outer.afterValue = true
  else if (frame.type === 'object') scanner.goesOn = scanner.scan.onElement({ place: LINES, kind: 'object', text: '', line: scanner.line })
}

function separate(scanner: Scanner, byte: number): void {
  const frame = scanner.frames.at(-1)
  if (frame === undefined) throw fail(scanner, `"${String.fromCharCode(byte)}" stands outside of any value`)
  if (byte !== COMMA) return
  if (!frame.afterValue) throw fail(scanner, 'a value is missing before a comma')
  frame.afterValue = false
  frame.key = undefined
}

function fail({ scan, line }: Scanner, message: string, at = line): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file is not valid JSON',
    message: `${scan.file}, line ${at}: ${message}.`,
    nextStep: 'Correct the file or export it again.',
    details: { file: scan.file, line: at },
  })
}

function parseKey(text: string, problem: () => MillraceError): string {
  try {
    return String(JSON.parse(text))
  } catch {
    throw problem()
  }
}

function tooLong(file: string, line: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A record is too long',
    message: `${file}: the value that starts in line ${line} is longer than ${MOST_BYTES >> 20} MB.`,
    nextStep: 'A record is a row of the table; say where they are with "records" (such as records: data.items), or split the file.',
    details: { file, line },
  })
}

function tooDeep(file: string, line: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A record is nested too deeply',
    message: `${file}, line ${line}: brackets are nested more than ${MOST_DEPTH} levels.`,
    nextStep: 'Such a file is no table; export it in a flatter form.',
    details: { file, line },
  })
}

function cutOff(file: string, line: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file ends in the middle of a value',
    message: `${file}: a value that starts in line ${line} or before never ends.`,
    nextStep: 'The file was probably cut off while it was copied; get it again.',
    details: { file, line },
  })
}
