// Scores of rows by a forest, without walking the trees: QuickScorer (Lucchese et al. 2015), vectorised by bytes (RapidScorer, Ye et al. 2018).
//
// The leaves of a tree are numbered from left to right, eight to a "plane", one bit each. Every row starts with all bits set. A split that sends
// the row right clears the leaves of its left subtree; whatever the order of the splits, the lowest bit left is the row's leaf. So all
// splits of a plane are applied to 64 rows at a time with byte comparisons, and nothing waits for a branch or for a dependent load.
//
// Layout of a program (all little-endian, 4-byte aligned)
//   trees    per tree two i32: first plane, first leaf; one more pair at the end holds the totals
//   planes   per plane two i32: first numeric entry, first set entry; one more pair at the end holds the totals
//   numeric  per entry 8 bytes: u32 feature; u8 missingRight; u8 limit = bin − missingRight; u8 keep = leaves that stay when going right; u8 0
//   sets     per entry 48 bytes: u32 feature; u8 keep at byte 4; at byte 16 the 256-bit set of bins that go left
//   leaves   f32 per leaf

// @ts-ignore: decorator
@inline
function inSet(x: v128, low: v128, high: v128): v128 { // all ones in the bytes whose bit is set
  const byte = i8x16.shr_u(x, 3)
  const found = v128.or(i8x16.swizzle(low, byte), i8x16.swizzle(high, i8x16.sub(byte, i8x16.splat(16))))
  const bit = i8x16.swizzle(i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0), v128.and(x, i8x16.splat(7)))
  return i8x16.eq(v128.and(found, bit), bit)
}

// @ts-ignore: decorator
@inline
function lowestBit(v: v128): v128 { // its number, 0 … 7, in every byte that is not 0
  return i8x16.popcnt(i8x16.sub(v128.and(v, i8x16.neg(v)), i8x16.splat(1)))
}

// @ts-ignore: decorator
@inline
function choose(leaf: v128, v: v128, first: v128): v128 {
  return v128.bitselect(i8x16.add(lowestBit(v), first), leaf, i8x16.ne(v, i8x16.splat(0)))
}

/**
 * Adds the leaf values of trees `firstTree` … `lastTree`−1 to the raw scores of rows `from` … `to`−1. `columns`: bins, feature after feature,
 * `stride` apart, readable up to 63 bytes beyond the last row. Tree t adds to output t mod `outputs`: f32 per row at `out` + output · `outStride`.
 * A tree has at most 256 leaves. `scratch` takes 64 bytes.
 */
export function score(
  columns: usize, stride: usize, from: i32, to: i32, firstTree: i32, lastTree: i32,
  trees: usize, planes: usize, numeric: usize, sets: usize, leaves: usize, out: usize, outStride: usize, outputs: i32, scratch: usize,
): void {
  for (let i = from; i < to; i += 64) {
    const block = columns + i, rows = min(64, to - i)
    for (let t = firstTree; t < lastTree; t++) {
      const tree = trees + (<usize>t << 3), firstPlane = load<i32>(tree)
      let leaf0 = i8x16.splat(0), leaf1 = leaf0, leaf2 = leaf0, leaf3 = leaf0
      for (let plane = load<i32>(tree, 8) - 1; plane >= firstPlane; plane--) { // the last first: the lowest plane with a bit left wins
        const p = planes + (<usize>plane << 3)
        let v0 = i8x16.splat(-1), v1 = v0, v2 = v0, v3 = v0
        for (let e = numeric + (<usize>load<i32>(p) << 3), end = numeric + (<usize>load<i32>(p, 8) << 3); e < end; e += 8) {
          const a = block + <usize>load<u32>(e) * stride
          const right = v128.load8_splat(e, 4), limit = v128.load8_splat(e, 5), keep = v128.load8_splat(e, 6)
          v0 = v128.and(v0, v128.or(i8x16.le_u(i8x16.sub(v128.load(a), right), limit), keep))
          v1 = v128.and(v1, v128.or(i8x16.le_u(i8x16.sub(v128.load(a, 16), right), limit), keep))
          v2 = v128.and(v2, v128.or(i8x16.le_u(i8x16.sub(v128.load(a, 32), right), limit), keep))
          v3 = v128.and(v3, v128.or(i8x16.le_u(i8x16.sub(v128.load(a, 48), right), limit), keep))
        }
        for (let e = sets + <usize>load<i32>(p, 4) * 48, end = sets + <usize>load<i32>(p, 12) * 48; e < end; e += 48) {
          const a = block + <usize>load<u32>(e) * stride
          const low = v128.load(e, 16), high = v128.load(e, 32), keep = v128.load8_splat(e, 4)
          v0 = v128.and(v0, v128.or(inSet(v128.load(a), low, high), keep))
          v1 = v128.and(v1, v128.or(inSet(v128.load(a, 16), low, high), keep))
          v2 = v128.and(v2, v128.or(inSet(v128.load(a, 32), low, high), keep))
          v3 = v128.and(v3, v128.or(inSet(v128.load(a, 48), low, high), keep))
        }
        const first = i8x16.splat(<i8>((plane - firstPlane) << 3))
        leaf0 = choose(leaf0, v0, first)
        leaf1 = choose(leaf1, v1, first)
        leaf2 = choose(leaf2, v2, first)
        leaf3 = choose(leaf3, v3, first)
      }
      v128.store(scratch, leaf0)
      v128.store(scratch, leaf1, 16)
      v128.store(scratch, leaf2, 32)
      v128.store(scratch, leaf3, 48)
      const values = leaves + (<usize>load<i32>(tree, 4) << 2)
      let o = out + <usize>(t % outputs) * outStride + (<usize>i << 2)
      for (let r = 0; r < rows; r++, o += 4) store<f32>(o, load<f32>(o) + load<f32>(values + (<usize>load<u8>(scratch + r) << 2)))
    }
  }
}
