import { MillraceError } from '#shared/errors.ts'
import type { Finding } from '../../finding.ts'
import type { Encoding } from './encodings.ts'
import { otherEncoding } from './other-encoding.ts'
import { shownBytes } from './shown-bytes.ts'
import type { ByteLine, LineSurvey } from './survey-lines.ts'

/**
 * Largest share of lines that may read as UTF-8 by chance, of all lines with other than ASCII bytes. In encodings of one
 * byte per character this takes a capital letter with an accent before a sign, which words do not have; two bytes of
 * East Asian encodings look like UTF-8 once in about ten times.
 */
const BY_CHANCE = { 'single-byte': 0.01, 'multi-byte': 0.3, unicode: 1 } as const

/** Lines of UTF-8 from which on a file is a mix: one alone is a slip in one cell. */
const SEVERAL = 2

/** The error for a file of which a part is UTF-8 and a part is not; undefined where it is of one encoding. */
export function mixedEncodings(path: string, survey: LineSurvey, encoding: Encoding): MillraceError | undefined {
  const { utf8, other, firstOther, firstUtf8 } = survey
  if (firstOther === undefined || firstUtf8 === undefined || utf8 < SEVERAL || utf8 <= BY_CHANCE[encoding.family] * (utf8 + other)) return undefined
  const foreign = foreignBytes(firstOther)
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file mixes encodings',
    message:
      `${path}: line ${firstOther.line} is not UTF-8 (bytes ${shownBytes(foreign)}: "${shownLine(firstOther, encoding)}")${other === 1 ? '' : `, and ${(other - 1).toLocaleString('en')} more ${other === 2 ? 'is' : 'are'} not`}; ` +
      `${utf8.toLocaleString('en')} ${utf8 === 1 ? 'line is' : 'lines are'} (the first is line ${firstUtf8.line}).`,
    nextStep: 'Correct those lines or export the data again in one encoding.',
    details: {
      file: path,
      line: firstOther.line,
      value: shownBytes(foreign),
      lines: { utf8, other },
      remedy: { ...otherEncoding, value: encoding.name, effect: 'to read all lines so, wrong letters included' },
    },
  })
}

/** A remark on the few lines that would also be UTF-8. */
export function mixedFinding({ utf8, firstUtf8 }: LineSurvey, encoding: Encoding): Finding[] {
  if (utf8 === 0 || firstUtf8 === undefined || encoding.family !== 'single-byte') return []
  const message = `Line ${firstUtf8.line}${utf8 === 1 ? '' : ` and ${utf8 - 1} more`} would also be UTF-8; read as ${encoding.name} it is "${shownLine(firstUtf8, encoding)}".`
  return [{ kind: 'mixed-encodings', message, count: utf8 }]
}

/** The first bytes that are not ASCII, with a neighbour on either side. */
function foreignBytes({ bytes }: ByteLine): Uint8Array {
  const at = bytes.findIndex((byte) => byte >= 0x80)
  return bytes.subarray(Math.max(0, at - 1), at + 3)
}

function shownLine({ bytes }: ByteLine, { label }: Encoding): string {
  const at = bytes.findIndex((byte) => byte >= 0x80)
  const text = new TextDecoder(label).decode(bytes.subarray(Math.max(0, at - 20), at + 20)).replaceAll(/\s+/g, ' ').trim()
  return text
}
