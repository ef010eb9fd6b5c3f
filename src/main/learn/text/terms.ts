import { EMPTY_HASH, extendHash } from './term-table.ts'
import { createWordBuffer, fillDarkRuns, fillWords } from './words.ts'

/** How texts are divided: into words and runs of up to `to` words, or into runs of `from` to `to` characters within words. */
export type Analysis = { readonly analyzer: 'word' | 'char_wb'; readonly from: number; readonly to: number; readonly stopWords: readonly string[] }

/** The terms of one text, repetitions included, in buffers that the next text overwrites. */
export type TermSpans = {
  codes: Int32Array
  /** Position in `codes` of each term's first code point and of the one behind its last, and its hash. */
  starts: Int32Array
  ends: Int32Array
  hashes: Int32Array
  count: number
}

/** Finds the terms of one text after the other. */
export type TermScanner = (text: string) => TermSpans

function ensure(spans: TermSpans, count: number): void {
  if (spans.starts.length >= count) return
  spans.starts = new Int32Array(count * 2)
  spans.ends = new Int32Array(count * 2)
  spans.hashes = new Int32Array(count * 2)
}

function emptySpans(): TermSpans {
  return { codes: new Int32Array(0), starts: new Int32Array(0), ends: new Int32Array(0), hashes: new Int32Array(0), count: 0 }
}

function scanWords({ from, to, stopWords }: Analysis): TermScanner {
  const buffer = createWordBuffer()
  const spans = emptySpans()
  const stopped = new Set(stopWords.map((word) => word.toLowerCase().normalize('NFC')))
  return (text) => {
    fillWords(text, buffer)
    if (stopped.size > 0) dropWords(buffer, stopped)
    const { codes, starts, ends, words } = buffer
    ensure(spans, words * (to - from + 1))
    spans.codes = codes
    let count = 0
    for (let first = 0; first < words; first++) {
      let hash = EMPTY_HASH
      let at = starts[first] as number
      const last = Math.min(words, first + to)
      for (let word = first; word < last; word++) {
        const end = ends[word] as number
        for (; at < end; at++) hash = extendHash(hash, codes[at] as number)
        if (word - first + 1 < from) continue
        spans.starts[count] = starts[first] as number
        spans.ends[count] = end
        spans.hashes[count++] = hash
      }
    }
    spans.count = count
    return spans
  }
}

/** Takes words out of a buffer and moves the rest together, so that runs of words reach over the gap. */
function dropWords(buffer: ReturnType<typeof createWordBuffer>, stopped: ReadonlySet<string>): void {
  let [at, kept] = [1, 0]
  for (let word = 0; word < buffer.words; word++) {
    const run = buffer.codes.subarray(buffer.starts[word], buffer.ends[word])
    if (stopped.has(String.fromCodePoint(...run.subarray(0, 256)))) continue
    buffer.codes.copyWithin(at, buffer.starts[word] as number, (buffer.ends[word] as number) + 1)
    buffer.starts[kept] = at
    buffer.ends[kept++] = at + run.length
    at += run.length + 1
  }
  buffer.words = kept
}

function scanCharacters({ from, to }: Analysis): TermScanner {
  const buffer = createWordBuffer()
  const spans = emptySpans()
  return (text) => {
    fillDarkRuns(text, buffer)
    const { codes, starts, ends, words } = buffer
    ensure(spans, ((ends[words - 1] ?? 0) + 2) * (to - from + 1))
    spans.codes = codes
    let count = 0
    for (let word = 0; word < words; word++) {
      // The spaces on both sides belong to the word.
      const [start, end] = [(starts[word] as number) - 1, (ends[word] as number) + 1]
      for (let first = start; first < end; first++) {
        let hash = EMPTY_HASH
        const last = Math.min(end, first + to)
        for (let at = first; at < last; at++) {
          hash = extendHash(hash, codes[at] as number)
          // A word shorter than the shortest run counts once, as a whole.
          if (at - first + 1 < from && !(first === start && at === end - 1)) continue
          spans.starts[count] = first
          spans.ends[count] = at + 1
          spans.hashes[count++] = hash
        }
      }
    }
    spans.count = count
    return spans
  }
}

/** A scanner that divides texts so. Terms are scikit-learn's of `CountVectorizer` with the same analyzer and n-gram range, for ASCII texts. */
export function createTermScanner(analysis: Analysis): TermScanner {
  return analysis.analyzer === 'word' ? scanWords(analysis) : scanCharacters(analysis)
}
