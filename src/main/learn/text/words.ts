/** Scripts that are written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** A run of letters, marks, digits and underscores. */
const RUN = /[\p{L}\p{M}\p{N}_]+/gu

/** `und`: no language, so that every machine divides alike. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const SPACE = 32

/** The words of one text side by side, in buffers that the next text overwrites. */
export type WordBuffer = {
  /** Code points: a space, then each word with a space after it. */
  codes: Int32Array
  /** Position of each word's first code point, and of the one behind its last. */
  starts: Int32Array
  ends: Int32Array
  words: number
}

/** Buffers to be filled. */
export function createWordBuffer(): WordBuffer {
  return { codes: new Int32Array(1024), starts: new Int32Array(256), ends: new Int32Array(256), words: 0 }
}

function ensure(buffer: WordBuffer, length: number): void {
  // A letter may become two in lower case, and be a word with a space after it.
  if (buffer.codes.length < 4 * length + 8) buffer.codes = new Int32Array(5 * length + 8)
  if (buffer.starts.length >= 2 * length + 8) return
  buffer.starts = new Int32Array(3 * length + 8)
  buffer.ends = new Int32Array(3 * length + 8)
}

/** For code points below 128: the lower-case letter, digit or underscore, or 0. */
const ASCII_WORD = Int32Array.from({ length: 128 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? (String.fromCharCode(code).toLowerCase().codePointAt(0) as number) : 0))
/** For code points below 128: 0 for white space, else the lower-case character. */
const ASCII_DARK = Int32Array.from({ length: 128 }, (_, code) => (code === SPACE || (code >= 9 && code <= 13) ? 0 : (String.fromCharCode(code).toLowerCase().codePointAt(0) as number)))

/** Fills the buffer from a text of ASCII alone; false where another character turned up. Words shorter than `least` are left out. */
function fillAscii(text: string, buffer: WordBuffer, keep: Int32Array, least: number): boolean {
  const { codes, starts, ends } = buffer
  codes[0] = SPACE
  let [at, from, words] = [1, 1, 0]
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : SPACE
    if (code > 127) return false
    const kept = keep[code] as number
    if (kept !== 0) {
      codes[at++] = kept
    } else if (at > from) {
      if (at - from < least) {
        at = from
        continue
      }
      starts[words] = from
      ends[words++] = at
      codes[at++] = SPACE
      from = at
    }
  }
  buffer.words = words
  return true
}

function addWord(buffer: WordBuffer, at: number, word: string): number {
  let next = at
  for (const character of word) buffer.codes[next++] = character.codePointAt(0) as number
  buffer.starts[buffer.words] = at
  buffer.ends[buffer.words++] = next
  buffer.codes[next++] = SPACE
  return next
}

function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [run] of text.matchAll(RUN)) {
    if (!UNSPACED.test(run)) {
      // A lone letter says little where letters are not words.
      if (run.length > 1) words.push(run)
    } else for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike === true) words.push(segment)
  }
  return words
}

function fillFrom(words: readonly string[], buffer: WordBuffer): void {
  buffer.words = 0
  buffer.codes[0] = SPACE
  let at = 1
  for (const word of words) at = addWord(buffer, at, word)
}

/** Characters of a text that are looked at: a cell may hold a whole book, and its beginning says what it is about. */
const LONGEST = 200_000

function beginningOf(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) : text
}

/**
 * Fills the buffer with the words of a text in lower case: runs of at least two letters, digits or underscores (scikit-learn's
 * `\b\w\w+\b`); in scripts without spaces the words that `Intl.Segmenter` finds.
 */
export function fillWords(whole: string, buffer: WordBuffer): void {
  const text = beginningOf(whole)
  ensure(buffer, text.length)
  if (fillAscii(text, buffer, ASCII_WORD, 2)) return
  fillFrom(wordsOf(text.toLowerCase().normalize('NFC')), buffer)
}

/** Fills the buffer with what stands between white space, in lower case. */
export function fillDarkRuns(whole: string, buffer: WordBuffer): void {
  const text = beginningOf(whole)
  ensure(buffer, text.length)
  if (fillAscii(text, buffer, ASCII_DARK, 1)) return
  fillFrom(text.toLowerCase().normalize('NFC').split(/[\s\u0085]+/u).filter((run) => run !== ''), buffer)
}
