/** Text in any encoding that TextDecoder reads with one or two bytes per character: its table, turned round. */
export function encode(text: string, label: string): Buffer {
  const table = tableOf(label)
  return Buffer.concat(
    Array.from(text, (character) => {
      const bytes = table.get(character)
      if (bytes === undefined) throw new Error(`${label} has no "${character}"`)
      return bytes
    }),
  )
}

const tables = new Map<string, ReadonlyMap<string, Buffer>>()

function tableOf(label: string): ReadonlyMap<string, Buffer> {
  const known = tables.get(label)
  if (known !== undefined) return known
  const table = new Map<string, Buffer>()
  const add = (bytes: Buffer): boolean => {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes)
      if (!table.has(text)) table.set(text, bytes)
      return true
    } catch {
      return false
    }
  }
  for (let first = 0; first < 256; first++) {
    if (add(Buffer.of(first))) continue
    for (let second = 0x30; second < 256; second++) add(Buffer.of(first, second))
  }
  tables.set(label, table)
  return table
}

/** Text in UTF-16, big-endian. */
export function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}
