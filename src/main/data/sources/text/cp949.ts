const SYLLABLES = 0xac00
const LAST_SYLLABLE = 0xd7a3

/**
 * Decoder of CP949 (Unified Hangul Code), which TextDecoder does not know: its `euc-kr` stops at the 2,350 syllables of KS
 * X 1001 and reads the other 8,822 as control characters. Those stand in the gaps of the table in the order of Unicode: first
 * bytes 81–A0 with second bytes 41–5A, 61–7A, 81–FE, then first bytes from A1 with 41–5A, 61–7A, 81–A0.
 */
export function createCp949Decoder(): { decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string } {
  const table = (shared ??= createTable())
  let lead = 0
  return {
    decode(bytes = new Uint8Array(0), { stream = false } = {}) {
      const units = new Uint16Array(bytes.length + 1)
      let length = 0
      for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at] ?? 0
        if (lead === 0) {
          if (byte < 0x80) units[length++] = byte
          else lead = byte
          continue
        }
        const unit = table[(lead << 8) | byte] ?? 0
        if (unit === 0) throw new TypeError('The bytes are not CP949')
        units[length++] = unit
        lead = 0
      }
      if (!stream && lead !== 0) throw new TypeError('The bytes end within a character of CP949')
      return new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units.subarray(0, length))
    },
  }
}

let shared: Uint16Array | undefined

/** UTF-16 unit by both bytes; 0 where there is no character. */
function createTable(): Uint16Array {
  const table = new Uint16Array(1 << 16)
  const taken = new Set<number>()
  const decoder = new TextDecoder('euc-kr')
  for (let first = 0xa1; first <= 0xfe; first++) {
    for (let second = 0xa1; second <= 0xfe; second++) {
      const text = decoder.decode(Uint8Array.of(first, second))
      const unit = text.charCodeAt(0)
      if (text.length !== 1 || unit === 0xfffd || isPrivate(unit)) continue
      table[(first << 8) | second] = unit
      taken.add(unit)
    }
  }
  table[0xa2e6] = 0x20ac // the euro sign and the registered mark came to KS X 1001 in 1998
  table[0xa2e7] = 0x00ae
  let syllable = SYLLABLES
  for (let first = 0x81; first <= 0xc6; first++) {
    for (const second of secondBytes(first)) {
      while (taken.has(syllable)) syllable++
      if (syllable > LAST_SYLLABLE) return table
      table[(first << 8) | second] = syllable++
    }
  }
  return table
}

function isPrivate(unit: number): boolean {
  return unit >= 0xe000 && unit <= 0xf8ff
}

function* secondBytes(first: number): Generator<number> {
  for (let second = 0x41; second <= 0x5a; second++) yield second
  for (let second = 0x61; second <= 0x7a; second++) yield second
  for (let second = 0x81; second <= (first <= 0xa0 ? 0xfe : 0xa0); second++) yield second
}
