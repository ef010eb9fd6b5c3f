import type { Archive } from './open-archive.ts'
import { parseXml } from './parse-xml.ts'

/** What a number in a cell means by its format: a quantity, a day or moment, or a time of day. */
export type NumberMeaning = 'number' | 'date' | 'time'

/** Formats that every spreadsheet program has, by number (ECMA-376 part 1, 18.8.30, with those of East Asian versions). */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 47])

/** The meaning of numbers by the style index of their cells. */
export async function readNumberFormats(file: string, archive: Archive, part: string | undefined): Promise<readonly NumberMeaning[]> {
  if (part === undefined) return []
  const codes = new Map<number, string>()
  const styles: number[] = []
  let inCells = false
  await parseXml(file, await archive.read(part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(Number(attributes['numFmtId'] ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles.map((id) => {
    const code = codes.get(id)
    if (code !== undefined) return meaningOf(code)
    return BUILT_IN_DATES.has(id) ? 'date' : BUILT_IN_TIMES.has(id) ? 'time' : 'number'
  })
}

/** The meaning of a format code such as `yyyy\-mm\-dd;@`; spans of time (`[h]:mm`) stay numbers. */
export function meaningOf(code: string): NumberMeaning {
  const [first = ''] = code.split(';')
  const letters = first.replace(/"[^"]*"|\\.|_.|\*./g, '').toLowerCase()
  if (/\[(?:h+|m+|s+)\]/.test(letters)) return 'number'
  const bare = letters.replace(/\[[^\]]*\]/g, '').replace(/general|am\/pm|a\/p/g, '')
  if (/[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare))) return 'date'
  return /[hs]/.test(bare) ? 'time' : 'number'
}
