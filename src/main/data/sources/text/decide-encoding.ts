import { analyse } from 'chardet'
import { encodingOf, requireEncoding, type Encoding } from './encodings.ts'
import { openDecoder } from './open-decoder.ts'
import type { LineSurvey } from './survey-lines.ts'

/** An encoding, how sure it is (0–1) and what speaks for it, as an end of "It is read as … because …". */
export type EncodingGuess = { readonly encoding: Encoding; readonly confidence: number; readonly why: string; /** What else it may be. */ readonly others: readonly string[] }

/** What nothing speaks for or against. */
const BY_DEFAULT = 0.1

/** A script that, where nearly all other than ASCII characters belong to it, shows an encoding of several bytes per character. */
const scripts: Readonly<Record<string, { readonly of: RegExp; readonly share: number; readonly words: string }>> = {
  cp949: { of: /[\uac00-\ud7a3]/g, share: 0.8, words: 'Hangul' },
  shift_jis: { of: /[\u3040-\u30ff]/g, share: 0.25, words: 'Japanese kana' },
  'euc-jp': { of: /[\u3040-\u30ff]/g, share: 0.25, words: 'Japanese kana' },
}

/**
 * The most likely encoding of a text that is neither UTF-8 nor UTF-16, by the lines that hold other than ASCII bytes:
 * chardet's ranking (byte patterns and letter sequences of languages), of which only encodings count in which every
 * sampled line can be read; where none of these is likely, the script that comes out; at last Windows-1252.
 */
export function decideEncoding({ samples, c1 }: Pick<LineSurvey, 'samples' | 'c1'>): EncodingGuess {
  const bytes = Buffer.concat(samples)
  const western = requireEncoding(c1 ? 'windows-1252' : 'latin-1')
  const ranked = analyse(bytes).flatMap(({ name, confidence }) => {
    const encoding = /^(?:iso-8859-1|windows-1252)$/i.test(name) ? western : encodingOf(name)
    return encoding !== undefined && encoding.family !== 'unicode' && decoded(bytes, encoding) !== undefined ? [{ encoding, confidence: confidence / 100 }] : []
  })
  const others = (chosen: Encoding): string[] => ranked.flatMap(({ encoding }) => (encoding.name === chosen.name ? [] : [encoding.name])).slice(0, 3)
  const byScript = Object.keys(scripts).map(requireEncoding).find((encoding) => showsScript(bytes, encoding))
  const best = ranked.find(({ encoding, confidence }) => encoding.family === 'single-byte' || confidence > 0.3)
  if (byScript !== undefined && (best === undefined || best.encoding.family === 'single-byte' || best.encoding.name === byScript.name)) {
    return { encoding: byScript, confidence: Math.max(0.8, best?.encoding.name === byScript.name ? best.confidence : 0), why: `its bytes read as ${scripts[byScript.name]?.words ?? ''}`, others: others(byScript) }
  }
  if (best === undefined) {
    return { encoding: western, confidence: BY_DEFAULT, why: 'it is not UTF-8 and nothing shows what else it is', others: others(western) }
  }
  return { encoding: best.encoding, confidence: best.confidence, why: 'its bytes and letters are most like that', others: others(best.encoding) }
}

function showsScript(bytes: Buffer, encoding: Encoding): boolean {
  const script = scripts[encoding.name]
  const text = decoded(bytes, encoding)
  if (script === undefined || text === undefined) return false
  const foreign = text.match(/[^\0-\x7f]/gu)?.length ?? 0
  const of = text.match(script.of)?.length ?? 0
  return of >= 4 && of >= script.share * foreign
}

/** The text of bytes; undefined where they are none in that encoding, or hold control characters. */
function decoded(bytes: Buffer, encoding: Encoding): string | undefined {
  try {
    const text = openDecoder(encoding).decode(bytes)
    return /[\x80-\x84\x86-\x9f\ue000-\uf8ff\ufffd]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
