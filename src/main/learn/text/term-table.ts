/** Distinct terms (runs of code points), numbered in order of first appearance; open addressing in typed arrays, no string per term. */
export type TermTable = {
  /** Number of terms. */
  readonly size: () => number
  /** Number of the term `codes[start … end − 1]` with that hash; −1 where it is unknown. */
  readonly find: (codes: Int32Array, start: number, end: number, hash: number) => number
  /** Number of the term, which is added where it is unknown. */
  readonly add: (codes: Int32Array, start: number, end: number, hash: number) => number
  /** Adds a term of this table to another; its number there. */
  readonly copyTo: (term: number, other: TermTable) => number
  /** Hash of the term, 0 … 2³² − 1. */
  readonly hashOf: (term: number) => number
  /** The term as text. */
  readonly textOf: (term: number) => string
}

/** Hash of nothing; FNV-1a, 32 bits, over code points. */
export const EMPTY_HASH = 0x811c9dc5 | 0

/** The hash of a run of code points with one more at its end. */
export function extendHash(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** Spreads the bits of a hash over its low ones, which choose the slot (finaliser of MurmurHash3). */
function slotOf(hash: number, mask: number): number {
  let h = hash ^ (hash >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) & mask
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length)
  larger.set(array)
  return larger
}

/** Code points turned into a string at once; more would overflow the stack. */
const PIECE = 4096

function textOfCodes(codes: Int32Array): string {
  let text = ''
  for (let at = 0; at < codes.length; at += PIECE) text += String.fromCodePoint(...codes.subarray(at, at + PIECE))
  return text
}

/** An empty table. */
export function createTermTable(): TermTable {
  let size = 0
  let slots = new Int32Array(1 << 12).fill(-1)
  let mask = slots.length - 1
  let hashes = new Int32Array(1 << 11)
  let ends = new Int32Array(1 << 11)
  let arena = new Int32Array(1 << 14)

  const same = (term: number, codes: Int32Array, start: number, length: number): boolean => {
    const from = term === 0 ? 0 : (ends[term - 1] as number)
    if ((ends[term] as number) - from !== length) return false
    for (let i = 0; i < length; i++) if (arena[from + i] !== codes[start + i]) return false
    return true
  }
  /** Slot of the term, or the empty slot where it belongs. */
  const locate = (codes: Int32Array, start: number, end: number, hash: number): number => {
    let slot = slotOf(hash, mask)
    for (;;) {
      const term = slots[slot] as number
      if (term < 0 || (hashes[term] === hash && same(term, codes, start, end - start))) return slot
      slot = (slot + 1) & mask
    }
  }
  const growSlots = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1)
    mask = slots.length - 1
    for (let term = 0; term < size; term++) {
      let slot = slotOf(hashes[term] as number, mask)
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask
      slots[slot] = term
    }
    hashes = grown(hashes, slots.length / 2)
    ends = grown(ends, slots.length / 2)
  }
  const append = (codes: Int32Array, start: number, end: number): void => {
    const from = size === 0 ? 0 : (ends[size - 1] as number)
    const needed = from + end - start
    if (needed > arena.length) arena = grown(arena, Math.max(needed, arena.length * 2))
    for (let i = start; i < end; i++) arena[from + i - start] = codes[i] as number
    ends[size] = needed
  }
  return {
    size: () => size,
    find: (codes, start, end, hash) => slots[locate(codes, start, end, hash)] as number,
    add(codes, start, end, hash) {
      const slot = locate(codes, start, end, hash)
      const known = slots[slot] as number
      if (known >= 0) return known
      append(codes, start, end)
      hashes[size] = hash
      slots[slot] = size++
      if (size * 2 >= slots.length) growSlots()
      return size - 1
    },
    copyTo: (term, other) => other.add(arena, term === 0 ? 0 : (ends[term - 1] as number), ends[term] as number, hashes[term] as number),
    hashOf: (term) => (hashes[term] as number) >>> 0,
    textOf: (term) => textOfCodes(arena.subarray(term === 0 ? 0 : ends[term - 1], ends[term])),
  }
}
