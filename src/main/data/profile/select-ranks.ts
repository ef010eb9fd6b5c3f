import { keyOf, KEYS, wordsOf, type OrderKeys } from './order-keys.ts'

/** Numbers left with which selection by digits ends and plain sorting begins. */
const FEW = 4096

/**
 * The values at `ranks` (0-based, ascending) of the sorted finite numbers of `values`, without sorting: `counts` says how many
 * finite numbers have each key, and only those that share theirs with a wanted one are looked at. `values` stays as it is.
 */
export function selectRanks(values: Float64Array, counts: Uint32Array, keys: OrderKeys, ranks: readonly number[]): Map<number, number> {
  const found = new Map<number, number>()
  const wanted = wantedGroups(counts, ranks)
  const groups = gather(values, keys, wanted)
  for (const [index, { before, ranks: inside }] of wanted.entries()) {
    const part = groups[index] as Float64Array
    const local = inside.map((rank) => rank - before)
    const answers = part.length <= FEW ? sortedAt(part, local) : selectWithin(part, local)
    for (const [at, rank] of inside.entries()) found.set(rank, answers[at] as number)
  }
  return found
}

/** Numbers that share their key: how many there are, how many are less than all of them, which wanted ranks are theirs. */
type Group = { readonly key: number; readonly size: number; readonly before: number; readonly ranks: readonly number[] }

function wantedGroups(counts: Uint32Array, ranks: readonly number[]): Group[] {
  const groups: Group[] = []
  let before = 0
  let next = 0
  for (let key = 0; key < counts.length; key++) {
    const size = counts[key] as number
    const first = next
    while (next < ranks.length && (ranks[next] as number) < before + size) next++
    if (next > first) groups.push({ key, size, before, ranks: ranks.slice(first, next) })
    before += size
  }
  return groups
}

function gather(values: Float64Array, keys: OrderKeys, groups: readonly Group[]): Float64Array[] {
  const groupOf = new Int8Array(KEYS).fill(-1)
  for (const [index, { key }] of groups.entries()) groupOf[key] = index
  const words = wordsOf(values)
  const parts = groups.map(({ size }) => new Float64Array(size))
  const filled = new Uint32Array(groups.length)
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[keyOf(words[2 * i + 1] as number, keys)] as number
    if (group < 0) continue
    const value = values[i] as number
    if (value - value !== 0) continue // NaN or infinite
    const at = filled[group] as number
    ;(parts[group] as Float64Array)[at] = value
    filled[group] = at + 1
  }
  return parts
}

function sortedAt(part: Float64Array, ranks: readonly number[]): number[] {
  part.sort()
  return ranks.map((rank) => part[rank] as number)
}

/** Ranks among numbers that share their key: on the straight line between the least and the greatest they spread again. */
function selectWithin(part: Float64Array, ranks: readonly number[]): number[] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < part.length; i++) {
    low = Math.min(low, part[i] as number)
    high = Math.max(high, part[i] as number)
  }
  if (low === high) return ranks.map(() => low)
  if (high - low === Infinity) return sortedAt(part, ranks)
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
