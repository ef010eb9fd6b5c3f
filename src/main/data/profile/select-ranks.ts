/** Numbers left with which selection by digits ends and plain sorting begins. */
const FEW = 4096

/** Upper 16 bits (sign, exponent, four bits of the fraction) of which NaN and infinities have all exponent bits set. */
const NOT_FINITE = 0x7ff0

/**
 * The values at `ranks` (0-based, ascending) of the sorted finite numbers of `values`, without sorting: numbers are counted
 * by the upper 16 of their bits, which sort nearly as the numbers do, and only those that share them with a wanted one go
 * on. Time is linear; `values` stays as it is.
 */
export function selectRanks(values: Float64Array, ranks: readonly number[]): Map<number, number> {
  const found = new Map<number, number>()
  // The upper part of a number comes last: all machines that Node runs on are little-endian.
  const digits = new Uint16Array(values.buffer, values.byteOffset, values.length * 4)
  const counts = new Uint32Array(65536)
  for (let i = 3; i < digits.length; i += 4) {
    const digit = digits[i] as number
    counts[digit] = (counts[digit] as number) + 1
  }
  const wanted = wantedGroups(counts, ranks)
  const groups = gather(values, digits, wanted)
  for (const [index, { before, ranks: inside }] of wanted.entries()) {
    const part = groups[index] as Float64Array
    const local = inside.map((rank) => rank - before)
    const answers = part.length <= FEW ? sortedAt(part, local) : selectWithin(part, local)
    for (const [at, rank] of inside.entries()) found.set(rank, answers[at] as number)
  }
  return found
}

/** Numbers that share their upper bits: how many there are, how many are less than all of them, which wanted ranks are theirs. */
type Group = { readonly digit: number; readonly size: number; readonly before: number; readonly ranks: readonly number[] }

function wantedGroups(counts: Uint32Array, ranks: readonly number[]): Group[] {
  const groups: Group[] = []
  let before = 0
  let next = 0
  const visit = (digit: number): void => {
    const size = (digit & NOT_FINITE) === NOT_FINITE ? 0 : (counts[digit] as number)
    const inside: number[] = []
    while (next < ranks.length && (ranks[next] as number) < before + size) inside.push(ranks[next++] as number)
    if (inside.length > 0) groups.push({ digit, size, before, ranks: inside })
    before += size
  }
  for (let digit = 0xffff; digit >= 0x8000; digit--) visit(digit) // negative numbers, the greatest size first
  for (let digit = 0; digit < 0x8000; digit++) visit(digit)
  return groups
}

function gather(values: Float64Array, digits: Uint16Array, groups: readonly Group[]): Float64Array[] {
  const groupOf = new Int8Array(65536).fill(-1)
  for (const [index, { digit }] of groups.entries()) groupOf[digit] = index
  const parts = groups.map(({ size }) => new Float64Array(size))
  const filled = new Uint32Array(groups.length)
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[digits[4 * i + 3] as number] as number
    if (group < 0) continue
    const at = filled[group] as number
    ;(parts[group] as Float64Array)[at] = values[i] as number
    filled[group] = at + 1
  }
  return parts
}

function sortedAt(part: Float64Array, ranks: readonly number[]): number[] {
  part.sort()
  return ranks.map((rank) => part[rank] as number)
}

/** Ranks among numbers that agree in their first 16 bits: on the straight line between the least and the greatest they spread again. */
function selectWithin(part: Float64Array, ranks: readonly number[]): number[] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < part.length; i++) {
    low = Math.min(low, part[i] as number)
    high = Math.max(high, part[i] as number)
  }
  if (low === high) return ranks.map(() => low)
  const bins = 65536
  const place = (value: number): number => Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))
  const counts = new Uint32Array(bins)
  for (let i = 0; i < part.length; i++) {
    const bin = place(part[i] as number)
    counts[bin] = (counts[bin] as number) + 1
  }
  const placed = ranks.map((rank) => {
    let bin = 0
    let before = 0
    while (before + (counts[bin] as number) <= rank) before += counts[bin++] as number
    return { bin, rank: rank - before }
  })
  const insides = gatherBins(part, place, counts, [...new Set(placed.map(({ bin }) => bin))])
  return placed.map(({ bin, rank }) => {
    const inside = insides.get(bin) as Float64Array
    return inside.length < part.length && inside.length > FEW ? (selectWithin(inside, [rank])[0] as number) : (sortedAt(inside, [rank])[0] as number)
  })
}

/** The numbers that lie in some bins, found in one pass. */
function gatherBins(part: Float64Array, place: (value: number) => number, counts: Uint32Array, wanted: readonly number[]): Map<number, Float64Array> {
  const insides = wanted.map((bin) => new Float64Array(counts[bin] as number))
  const at = new Int16Array(counts.length).fill(-1)
  for (const [index, bin] of wanted.entries()) at[bin] = index
  const filled = new Uint32Array(wanted.length)
  for (let i = 0; i < part.length; i++) {
    const index = at[place(part[i] as number)] as number
    if (index < 0) continue
    const next = filled[index] as number
    ;(insides[index] as Float64Array)[next] = part[i] as number
    filled[index] = next + 1
  }
  return new Map(wanted.map((bin, index) => [bin, insides[index] as Float64Array]))
}
