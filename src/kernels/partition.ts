// Division of a node's rows between its children, stable: both children keep ascending row numbers (better locality, and the same
// result for any number of threads). Four rows at a time: gather four bins from the column, compare, and compact the four row numbers
// with a byte swizzle from a table of 16 patterns.
//
// The left rows stay in `index`, compacted at `from`; the right rows go to `right`, which needs 16 bytes more than the rows take:
// a store writes four numbers however many are meant. Stores to `index` never pass rows that are still to be read.

// The table lies at a fixed address below everything that the host hands out; `initialise` writes it once per memory.
const COMPACT: usize = 1024

/** Writes the compaction table; call once per memory, before `partition`. */
export function initialise(): void {
  memory.fill(COMPACT, 0, 256)
  for (let m = 0; m < 16; m++) {
    let o = COMPACT + (<usize>m << 4)
    for (let lane = 0; lane < 4; lane++) {
      if (m & (1 << lane)) {
        for (let q = 0; q < 4; q++) store<u8>(o + q, <u8>(lane * 4 + q))
        o += 4
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function gather4(column: usize, q: usize): v128 {
  let v = v128.load8_lane(column + load<u32>(q), i32x4.splat(0), 0)
  v = v128.load8_lane(column + load<u32>(q, 4), v, 4)
  v = v128.load8_lane(column + load<u32>(q, 8), v, 8)
  return v128.load8_lane(column + load<u32>(q, 12), v, 12)
}

/** Divides entries `from` … `to`−1 of `index` by a numeric split (see `findSplit`); returns how many go left. */
export function partition(index: usize, from: i32, to: i32, column: usize, bin: i32, missingRight: i32, right: usize): i32 {
  const start = index + (<usize>from << 2), end = index + (<usize>to << 2), limit = <u32>(bin - missingRight)
  const vLimit = i32x4.splat(limit), vOffset = i32x4.splat(missingRight)
  let l = start, r = right, q = start
  for (; q + 16 <= end; q += 16) {
    const k = v128.load(q), m = <usize>i32x4.bitmask(i32x4.le_u(i32x4.sub(gather4(column, q), vOffset), vLimit))
    const c = <usize>popcnt<u32>(<u32>m) << 2
    v128.store(l, i8x16.relaxed_swizzle(k, v128.load(COMPACT + (m << 4))))
    v128.store(r, i8x16.relaxed_swizzle(k, v128.load(COMPACT + ((m ^ 15) << 4))))
    l += c
    r += 16 - c
  }
  for (; q < end; q += 4) {
    const k = load<u32>(q), left = <usize>(<u32>load<u8>(column + k) - missingRight <= limit)
    store<u32>(l, k)
    store<u32>(r, k)
    l += left << 2
    r += (1 - left) << 2
  }
  return <i32>((l - start) >> 2)
}

/** Divides entries `from` … `to`−1 of `index` by a categorical split: `goesLeft` is 256 bytes, 1 = left; returns how many go left. */
export function partitionSet(index: usize, from: i32, to: i32, column: usize, goesLeft: usize, right: usize): i32 {
  const start = index + (<usize>from << 2), end = index + (<usize>to << 2)
  let l = start, r = right, q = start
  for (; q + 16 <= end; q += 16) {
    const k = v128.load(q)
    const m0 = <u32>load<u8>(goesLeft + load<u8>(column + load<u32>(q))), m1 = <u32>load<u8>(goesLeft + load<u8>(column + load<u32>(q, 4)))
    const m2 = <u32>load<u8>(goesLeft + load<u8>(column + load<u32>(q, 8))), m3 = <u32>load<u8>(goesLeft + load<u8>(column + load<u32>(q, 12)))
    const m = <usize>(m0 | (m1 << 1) | (m2 << 2) | (m3 << 3)), c = <usize>popcnt<u32>(<u32>m) << 2
    v128.store(l, i8x16.relaxed_swizzle(k, v128.load(COMPACT + (m << 4))))
    v128.store(r, i8x16.relaxed_swizzle(k, v128.load(COMPACT + ((m ^ 15) << 4))))
    l += c
    r += 16 - c
  }
  for (; q < end; q += 4) {
    const k = load<u32>(q), left = <usize>load<u8>(goesLeft + load<u8>(column + k))
    store<u32>(l, k)
    store<u32>(r, k)
    l += left << 2
    r += (1 - left) << 2
  }
  return <i32>((l - start) >> 2)
}

/** index[i] = i for `from` ≤ i < `to`. */
export function fillAscending(index: usize, from: i32, to: i32): void {
  let v = i32x4.add(i32x4.splat(from), i32x4(0, 1, 2, 3)), i = from
  const four = i32x4.splat(4)
  for (; i + 4 <= to; i += 4) {
    v128.store(index + (<usize>i << 2), v)
    v = i32x4.add(v, four)
  }
  for (; i < to; i++) store<i32>(index + (<usize>i << 2), i)
}

/** Copies bytes; the ranges may overlap. */
export function move(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes)
}
