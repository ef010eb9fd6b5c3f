/**
 * Byte order of text in UTF-16 without a byte order mark, by where its NUL bytes are: digits, line ends and Latin letters
 * have one each, always the same half. Undefined where this is no such text.
 */
export function utf16ByNuls(beginning: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const bytes = beginning.subarray(0, Math.min(beginning.length, 1 << 16) & ~1)
  const nuls = [0, 0]
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nuls[at & 1] = (nuls[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = nuls
  if ((even > 0 && odd > 0) || Math.max(even, odd) < Math.max(2, bytes.length / 100)) return undefined
  const order = odd > 0 ? 'utf-16le' : 'utf-16be'
  try {
    const text = new TextDecoder(order, { fatal: true }).decode(bytes.subarray(0, endOfWhole(bytes, order)))
    return /[^\P{Cc}\t\n\v\f\r\u0085]|[\ufffe\uffff]/u.test(text) ? undefined : order
  } catch {
    return undefined
  }
}

/** Length without half a surrogate pair at the end. */
function endOfWhole(bytes: Buffer, order: 'utf-16le' | 'utf-16be'): number {
  const at = bytes.length - 2
  const unit = at < 0 ? 0 : order === 'utf-16le' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  return unit >= 0xd800 && unit < 0xdc00 ? at : bytes.length
}
